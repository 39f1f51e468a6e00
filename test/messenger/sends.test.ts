import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openAccepted, readHistory, textsOf, trySay } from '../helpers/chats.ts';

const { signUp } = await startApp();
const alice = await signUp('alice');
const friends = await Promise.all(['bob', 'carol', 'dave', 'erin'].map((name) => signUp(name)));
const stranger = await signUp('mallory');
const chatIds = await Promise.all(friends.map((friend) => openAccepted(alice, friend)));

test('sends of one moment to many chats: each line is whole, and told in its order', async () => {
  const sockets = await Promise.all(friends.map((friend) => friend.connect()));
  const texts = Array.from({ length: 25 }, (_, i) => `line ${i}`);
  const answers = await Promise.all(texts.flatMap((text) => chatIds.map((chatId) => trySay(alice, chatId, text))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  for (const [i, socket] of sockets.entries()) {
    await socket.ask({ op: 'ping' });
    const told = socket.rest().filter(({ type }) => String(type) === 'message.created');
    const revs = told.map(({ rev }) => Number(rev));
    expect(revs).toEqual(revs.map((_, place) => (revs[0] ?? 0) + place));
    const history = await readHistory(alice, chatIds[i] ?? '', { limit: 100 });
    expect(told.map(({ data }) => data)).toEqual(history.slice(-texts.length));
    expect(textsOf(history.slice(-texts.length)).toSorted()).toEqual(texts.toSorted());
    expect(history.map(({ seq }) => Number(seq))).toEqual(history.map((_, place) => place + 1));
    socket.close();
  }
});

test('whoever may not write is refused alone', async () => {
  const [chatId = ''] = chatIds;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => trySay(i % 2 ? stranger : alice, chatId, `mixed ${i}`)),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map((_, i) => (i % 2 ? 404 : 201)));
  const texts = textsOf(await readHistory(alice, chatId, { limit: 100 })).filter((text) => text.startsWith('mixed'));
  expect(texts.toSorted()).toEqual(Array.from({ length: 10 }, (_, i) => `mixed ${i * 2}`).toSorted());
});

test('one clientId with two texts at the same moment is the first of them, and the other is told so', async () => {
  const [chatId = ''] = chatIds;
  const clientId = randomUUID();
  const answers = await Promise.all(['this', 'that'].map((text) => trySay(alice, chatId, text, { clientId })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  const stored = (await readHistory(alice, chatId, { limit: 100 })).filter((one) => String(one.clientId) === clientId);
  expect(stored).toHaveLength(1);
});
