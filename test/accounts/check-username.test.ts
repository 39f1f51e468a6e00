import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp } = await startApp();
await signUp('Alice');
const check = (username: string) => nobody.call('checkUsername', { query: { username } });

test.each([
  ['alice', false],
  ['ALICE', false],
  ['admin', false],
  ['Ad_min', false],
  ['alice2', true],
])('%s is free: %s', async (username, isAvailable) => {
  expect((await check(username)).body).toEqual({ username, isAvailable });
});

test.each(['al', 'аlice', 'alice@example.com', ' alice'])('%s is no username', async (username) => {
  expect((await check(username)).status).toBe(400);
});
