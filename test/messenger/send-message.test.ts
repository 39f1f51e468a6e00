import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openDirect, readHistory, say, textsOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);

test('a message is numbered, stored and told to both', async () => {
  const sockets = [await alice.connect(), await bob.connect()];
  const message = await say(alice, chatId, ' Го в доту? ');
  expect(message).toMatchObject({ seq: 1, authorId: alice.userId, text: 'Го в доту?' });
  for (const socket of sockets) {
    expect(await socket.next('message.created')).toMatchObject({ chatId, rev: message.rev, data: message });
    socket.close();
  }
  expect(await readHistory(bob, chatId)).toEqual([message]);
});

test('the same clientId 50 times at once is one message with 50 equal answers', async () => {
  const body = { clientId: randomUUID(), text: 'one' };
  const socket = await bob.connect();
  const sends = Array.from({ length: 50 }, () => alice.call('sendMessage', { params: { chatId }, body }));
  const answers = await Promise.all(sends);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  const history = await readHistory(bob, chatId);
  expect(textsOf(history).filter((text) => text === 'one')).toHaveLength(1);
  expect(history.map(({ seq }) => Number(seq))).toEqual(history.map((_message, i) => i + 1));
  await socket.next('message.created');
  await socket.ask({ op: 'ping' });
  expect(socket.rest()).toEqual([]);
  socket.close();
});

test('the same clientId with another text is refused', async () => {
  const clientId = randomUUID();
  await say(alice, chatId, 'first', { clientId });
  const second = await alice.call('sendMessage', { params: { chatId }, body: { clientId, text: 'second' } });
  expect(second).toMatchObject({ status: 409, body: { code: 'client_id_reused' } });
  await say(bob, chatId, 'his own', { clientId });
});

test('a frame does the same as the call', async () => {
  const socket = await alice.connect();
  const clientId = randomUUID();
  const ack = await socket.ask({ op: 'send', chatId, clientId, text: 'by socket' });
  expect(ack).toMatchObject({ op: 'ack', data: { text: 'by socket', clientId } });
  const again = await alice.call('sendMessage', { params: { chatId }, body: { clientId, text: 'by socket' } });
  expect(again.body).toEqual(ack.data);
  socket.close();
});

test.each([
  ['no text', { text: '' }, '/body/text', 'length'],
  ['a text of spaces', { text: ' \n ' }, '/body/text', 'length'],
  ['4,001 characters', { text: 'я'.repeat(4_001) }, '/body/text', 'length'],
  ['a clientId that is no UUID', { clientId: '1' }, '/body/clientId', 'format'],
  ['a foreign author', { authorId: bob.userId }, '/body/authorId', 'unknown_field'],
  ['a number of its own', { seq: 1 }, '/body/seq', 'unknown_field'],
  ['a text that is a number', { text: 1 }, '/body/text', 'type'],
])('refuses %s', async (_what, change, path, code) => {
  const body = { clientId: randomUUID(), text: 'hi', ...change };
  const answer = await alice.call('sendMessage', { params: { chatId }, body });
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ path, code }));
});

test('4,000 emoji are 4,000 characters', async () => {
  const { status } = await alice.call('sendMessage', {
    params: { chatId },
    body: { clientId: randomUUID(), text: '🎮'.repeat(4_000) },
  });
  expect(status).toBe(201);
});

test('who is no member learns nothing, whether the chat exists or not', async () => {
  const body = { clientId: randomUUID(), text: 'let me in' };
  const [foreign, missing] = await Promise.all(
    [chatId, randomUUID()].map((id) => carol.call('sendMessage', { params: { chatId: id }, body })),
  );
  expect(foreign).toMatchObject({ status: 404, body: { code: 'chat_not_found' } });
  expect({ ...foreign?.body, instance: '' }).toEqual({ ...missing?.body, instance: '' });
  expect(await nobody.call('sendMessage', { params: { chatId }, body })).toMatchObject({ status: 401 });
  const socket = await carol.connect();
  expect(await socket.ask({ op: 'send', chatId, ...body })).toMatchObject({ op: 'error', code: 'chat_not_found' });
  socket.close();
});
