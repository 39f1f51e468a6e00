import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startApp } from './helpers/app.ts';

const { url } = await startApp();
const run = promisify(execFile);

test('the tour of the README works word for word', { timeout: 60_000 }, async () => {
  const readme = readFileSync('README.md', 'utf8');
  const tour = [...readme.matchAll(/```sh\n([^]*?)```/g)]
    .map(([, text]) => text ?? '')
    .find((text) => text.startsWith('API='));
  expect(tour).toBeDefined();
  // Who reads on after each step is slower than the search; a script is not.
  const found = `until TOKEN=$ALICE api "$API/teammates" | grep -q '"bob"'; do sleep 0.05; done\n`;
  const steps = tour?.replace('http://127.0.0.1:3000', url).replace('# Alice asks for teammates', `${found}$&`);
  const script = `set -euo pipefail\n${steps}`;
  const { stdout, stderr } = await run('bash', ['-c', script], { maxBuffer: 10_000_000 });
  expect(stderr).toBe('');
  expect(stdout).toContain('"kind":"shared_games"');
  const heard = stdout.split('\n').filter((line) => line.includes('Bob hears:') && line.includes('message.created'));
  expect(heard.map((line) => /"seq":(\d+)/.exec(line)?.[1])).toEqual(['1', '2']);
  expect(stdout).toMatch(/"hasMore":false\}\s*$/);
});
