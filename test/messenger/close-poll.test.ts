import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob, carol]);
const body = { clientId: randomUUID(), question: 'Во что?', options: ['Дота', 'CS'] };
const poll = await bob.call('createPoll', { params: { chatId }, body });
const params = { chatId, seq: Number(poll.body.seq) };

test('refuses a bad shape and the wrong person', async () => {
  expect(await carol.call('closePoll', { params })).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  expect(await bob.call('closePoll', { params: { chatId, seq: 0 } })).toMatchObject({ status: 400 });
  const { seq } = await say(bob, chatId, 'no poll');
  expect(await bob.call('closePoll', { params: { chatId, seq: Number(seq) } })).toMatchObject({ status: 404 });
  await expectNoChat(await signUp('mallory'), 'closePoll', { params });
  expect(await nobody.call('closePoll', { params })).toMatchObject({ status: 401 });
});

test('the author ends a poll, the staff may too, and it ends once', async () => {
  const socket = await carol.connect();
  const { body: closed } = await alice.call('closePoll', { params });
  expect(closed.poll?.closedAt).toBeTruthy();
  expect(await socket.next('message.updated')).toMatchObject({ data: { poll: { closedAt: closed.poll?.closedAt } } });
  expect((await bob.call('closePoll', { params })).body).toEqual(closed);
  expect(await carol.call('vote', { params, body: { options: [0] } })).toMatchObject({ status: 409 });
  socket.close();
});
