import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { expectNoChat, openDirect, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await openDirect(alice, bob);
const message = await say(alice, chatId, 'one');

test('one message, by its number', async () => {
  expect((await bob.call('getMessage', { params: { chatId, seq: 1 } })).body).toEqual(message);
});

test('refuses a bad shape, a number that is not there and the wrong person', async () => {
  expect(await bob.call('getMessage', { params: { chatId, seq: '1e400' } })).toMatchObject({ status: 400 });
  const missing = await bob.call('getMessage', { params: { chatId, seq: 2 } });
  expect(missing).toMatchObject({ status: 404, body: { code: 'message_not_found' } });
  await expectNoChat(await signUp('carol'), 'getMessage', { params: { chatId, seq: 1 } });
  expect(await nobody.call('getMessage', { params: { chatId, seq: 1 } })).toMatchObject({ status: 401 });
});
