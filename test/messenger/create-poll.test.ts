import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, readHistory } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await createGroup(alice, [bob]);

const create = (person: Person, body: object) =>
  person.call('createPoll', { params: { chatId }, body: { clientId: randomUUID(), question: 'Во что?', ...body } });

test('a poll is a message, told like one, and the same clientId is the same poll', async () => {
  const socket = await bob.connect();
  const clientId = randomUUID();
  const { status, body } = await create(alice, { clientId, options: ['Дота', 'CS'], isMultiple: true });
  expect(status).toBe(201);
  expect(body.poll).toEqual({
    kind: 'poll',
    question: 'Во что?',
    options: [
      { text: 'Дота', count: 0 },
      { text: 'CS', count: 0 },
    ],
    isAnonymous: false,
    isMultiple: true,
  });
  expect(await socket.next('message.created')).toMatchObject({ data: { poll: body.poll } });
  expect((await create(alice, { clientId, options: ['Дота', 'CS'] })).body.seq).toEqual(body.seq);
  expect(await create(alice, { clientId, question: 'Когда?', options: ['a', 'b'] })).toMatchObject({ status: 409 });
  socket.close();
});

test('a ready check asks who is in, and when', async () => {
  const startsAt = '2030-01-01T17:00:00.000Z';
  await create(bob, { kind: 'ready_check', question: 'Кто в деле в 20:00?', startsAt });
  const message = (await readHistory(alice, chatId)).at(-1);
  expect(message).toMatchObject({
    authorId: bob.userId,
    poll: { kind: 'ready_check', startsAt, options: [{ text: 'in' }, { text: 'maybe' }, { text: 'out' }] },
    myVotes: [],
  });
});

test.each([
  [{ options: ['one'] }],
  [{ options: ['a', ' '] }],
  [{ options: ['a', '\u200b'] }],
  [{}],
  [{ options: Array.from({ length: 11 }, (_, i) => `o${i}`) }],
  [{ kind: 'ready_check', options: ['a', 'b'] }],
  [{ question: ' ', options: ['a', 'b'] }],
  [{ question: '\u200b', options: ['a', 'b'] }],
  [{ options: ['a', 'b'], closesAt: 'later' }],
])('refuses %j', async (body) => {
  expect(await create(alice, body)).toMatchObject({ status: 400 });
});

test('refuses who may not write', async () => {
  await alice.call('updateChat', { params: { chatId }, body: { rights: { write: 'admins' } } });
  const body = { options: ['a', 'b'] };
  expect(await create(bob, body)).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  const input = { params: { chatId }, body: { clientId: randomUUID(), question: 'x', ...body } };
  await expectNoChat(await signUp('carol'), 'createPoll', input);
  expect(await nobody.call('createPoll', input)).toMatchObject({ status: 401 });
});
