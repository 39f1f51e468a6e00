import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Config } from '#platform/config.ts';
import { withApp } from './with-app.ts';

type Given = { username?: string | undefined; email?: string | undefined };

/** Makes an administrator; beside a running server too. The password is never an argument: those are seen by everybody. */
export async function createAdminCommand(config: Config, given: Given): Promise<void> {
  const ask = createAsker();
  const username = given.username ?? (await ask.line('Username: '));
  const email = given.email ?? (await ask.line('E-mail: '));
  const password = await ask.secret('Password (10 characters or more): ');
  ask.close();
  await withApp(config, async ({ app }) => {
    await app.accounts.createAdmin({ username, email, password });
    process.stdout.write(`${username} is an administrator now.\n`);
  });
}

function createAsker() {
  let isHidden = false;
  // What is typed is echoed by readline through this stream: nothing of it passes while a secret is typed.
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isHidden) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
  const waiting = lines[Symbol.asyncIterator]();
  const line = async (question: string): Promise<string> => {
    process.stdout.write(question);
    const { value, done } = await waiting.next();
    if (done) throw new Error('the input ended before all was told');
    return value.trim();
  };
  return {
    line,
    async secret(question: string) {
      isHidden = true;
      const answer = await line(question);
      isHidden = false;
      process.stdout.write('\n');
      return answer;
    },
    close: () => lines.close(),
  };
}
