import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openDirect } from '../helpers/chats.ts';

const { signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await openDirect(alice, bob);

test('a member sees the chat with its numbers', async () => {
  await bob.call('sendMessage', { params: { chatId }, body: { clientId: randomUUID(), text: 'Hi' } });
  expect(await alice.call('getChat', { params: { chatId } })).toMatchObject({
    status: 200,
    body: { chatId, kind: 'direct', seq: 1, rev: 1, readSeq: 0, unread: 1, lastMessage: { text: 'Hi' } },
  });
});

test('a chat of others and no chat are the same', async () => {
  const carol = await signUp('carol');
  const others = await carol.call('getChat', { params: { chatId } });
  const none = await carol.call('getChat', { params: { chatId: randomUUID() } });
  expect(others.status).toBe(404);
  expect({ ...others.body, instance: '' }).toEqual({ ...none.body, instance: '' });
  expect((await carol.call('getChat', { params: { chatId: 'not-an-id' } })).status).toBe(400);
});
