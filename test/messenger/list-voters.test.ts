import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await createGroup(alice, [bob]);

async function createPoll(isAnonymous: boolean) {
  const body = { clientId: randomUUID(), question: '?', options: ['a', 'b'], isMultiple: true, isAnonymous };
  const { body: message } = await alice.call('createPoll', { params: { chatId }, body });
  const params = { chatId, seq: Number(message.seq) };
  await bob.call('vote', { params, body: { options: [0, 1] } });
  await alice.call('vote', { params, body: { options: [1] } });
  return params;
}

test('who chose what, page by page', async () => {
  const params = await createPoll(false);
  const first = await bob.call('listVoters', { params, query: { limit: 2 } });
  const second = await bob.call('listVoters', { params, query: { cursor: String(first.body.nextCursor) } });
  const seen = [...listOf(first.body.items), ...listOf(second.body.items)];
  expect(seen).toHaveLength(3);
  expect(seen).toEqual(
    expect.arrayContaining([
      { userId: bob.userId, option: 0 },
      { userId: alice.userId, option: 1 },
    ]),
  );
});

test('of an anonymous poll nobody learns it, its author neither', async () => {
  const params = await createPoll(true);
  expect(await alice.call('listVoters', { params })).toMatchObject({ status: 404 });
});

test('refuses a bad shape and the wrong person', async () => {
  const params = await createPoll(false);
  expect(await bob.call('listVoters', { params, query: { limit: 0 } })).toMatchObject({ status: 400 });
  await expectNoChat(await signUp('carol'), 'listVoters', { params });
  expect(await nobody.call('listVoters', { params })).toMatchObject({ status: 401 });
});
