import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, readEvents, say, typesOf } from '../helpers/chats.ts';

const { db, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await createGroup(alice, [bob]);
const { seq } = await say(bob, chatId, 'Правила');

const pin = (person: Person, at: unknown = seq) => person.call('pinMessage', { params: { chatId, seq: Number(at) } });

test('a pin is told and has a service message; pinned is pinned', async () => {
  const socket = await bob.connect();
  const { body } = await pin(alice);
  expect(body.pinnedAt).toBeTruthy();
  const events = await readEvents(socket);
  expect(typesOf(events)).toEqual(['message.updated', 'message.created']);
  expect(events[1]).toMatchObject({ data: { service: { action: 'message_pinned', seq } } });
  await pin(alice);
  expect(await readEvents(socket)).toEqual([]);
  socket.close();
});

test('the right to pin is asked', async () => {
  expect(await pin(bob)).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  await alice.call('updateChat', { params: { chatId }, body: { rights: { pin: 'members' } } });
  const { seq: other } = await say(bob, chatId, 'Моё');
  expect(await pin(bob, other)).toMatchObject({ status: 200 });
});

test('a chat has at most 50 pins', async () => {
  const sent = await Promise.all(Array.from({ length: 49 }, (_, i) => say(bob, chatId, `m${i}`)));
  const seqs = sent.map((one) => Number(one.seq));
  await db.statement
    .updateTable('messages')
    .set({ pinned_at: new Date() })
    .where('chat_id', '=', chatId)
    .where('seq', 'in', seqs.slice(0, 48))
    .execute();
  expect(await pin(alice, seqs[48])).toMatchObject({ status: 409, body: { code: 'too_many' } });
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await pin(alice, 0)).toMatchObject({ status: 400 });
  expect(await pin(alice, 1)).toMatchObject({ status: 404 });
  await expectNoChat(await signUp('carol'), 'pinMessage', { params: { chatId, seq: Number(seq) } });
  expect(await nobody.call('pinMessage', { params: { chatId, seq: Number(seq) } })).toMatchObject({ status: 401 });
});
