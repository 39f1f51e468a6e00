#!/usr/bin/env node
// Plain JavaScript on purpose: it may be started by a Node that is too old for the program and then finds the right one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST = [24, 14];
const root = new URL('../', import.meta.url);
const bundled = fileURLToPath(new URL(`node_modules/.bin/node${process.platform === 'win32' ? '.cmd' : ''}`, root));

const [major, minor] = process.versions.node.split('.').map(Number);

if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
  await import(new URL('src/cli.ts', root).href);
} else if (existsSync(bundled)) {
  const cli = fileURLToPath(new URL('src/cli.ts', root));
  const child = spawn(bundled, [cli, ...process.argv.slice(2)], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  child.on('exit', (code) => process.exit(code ?? 1));
  // We stay until it has ended: whoever stops us means it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  endWithNpm(child);
} else {
  process.stderr.write(`Soyamate needs Node ${OLDEST.join('.')} or newer; run "npm ci" first, which brings it.\n`);
  process.exit(1);
}

/** As src/platform/end-with-npm.ts, where it is explained. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event !== 'npx') return;
  const shell = process.ppid;
  setInterval(() => process.ppid === shell || child.kill('SIGTERM'), 250).unref();
}
