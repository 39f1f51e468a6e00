import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');

test('both of a pair get the same chat, however many ask at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      i % 2 === 0
        ? alice.call('openDirectChat', { params: { userId: bob.userId } })
        : bob.call('openDirectChat', { params: { userId: alice.userId } }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => body.chatId)).size).toBe(1);
  const { body } = await alice.call('listChats');
  expect(body.items).toHaveLength(1);
});

test('both are told of a new chat, once', async () => {
  const carol = await signUp('carol');
  const sockets = [await alice.connect(), await carol.connect()];
  const { body } = await alice.call('openDirectChat', { params: { userId: carol.userId } });
  await alice.call('openDirectChat', { params: { userId: carol.userId } });
  for (const socket of sockets) {
    expect(await socket.next('chat.created')).toMatchObject({ chatId: body.chatId });
    expect(await socket.ask({ op: 'ping' })).toMatchObject({ op: 'pong' });
    expect(socket.rest()).toEqual([]);
    socket.close();
  }
});

test('there is no chat with oneself, nor with nobody', async () => {
  const own = await alice.call('openDirectChat', { params: { userId: alice.userId } });
  expect(own).toMatchObject({ status: 422, body: { code: 'own_direct_chat' } });
  const missing = await alice.call('openDirectChat', { params: { userId: randomUUID() } });
  expect(missing).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
});

test('refuses a bad shape and a stranger to the service', async () => {
  expect(await alice.call('openDirectChat', { params: { userId: 'bob' } })).toMatchObject({ status: 400 });
  expect(await nobody.call('openDirectChat', { params: { userId: bob.userId } })).toMatchObject({ status: 401 });
});
