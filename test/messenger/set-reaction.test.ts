import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { catchUp, createGroup, expectNoChat, listOf, readEvents, readHistory, say } from '../helpers/chats.ts';

const { clock, db, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await createGroup(alice, [bob]);
const { seq } = await say(alice, chatId, 'GG');

const react = (person: Person, emoji: string, at: unknown = seq) =>
  person.call('setReaction', { params: { chatId, seq: Number(at), emoji } });

test('reactions are counted, each person sees the own ones, and everybody is told who', async () => {
  const [hers, his] = [await alice.connect(), await bob.connect()];
  const { body } = await react(bob, '🔥');
  expect(body).toMatchObject({ reactions: [{ emoji: '🔥', count: 1 }], myReactions: ['🔥'] });
  const told = await hers.next('reaction.changed');
  expect(told).toMatchObject({
    rev: body.rev,
    data: { seq, reactions: [{ emoji: '🔥', count: 1 }], reaction: { userId: bob.userId, emoji: '🔥', isSet: true } },
  });
  expect(told.data).not.toHaveProperty('myReactions');
  expect(await his.next('reaction.changed')).toMatchObject({ data: { myReactions: ['🔥'] } });

  await react(alice, '🔥');
  clock.advance(1);
  await react(alice, '👍🏽');
  expect((await readHistory(bob, chatId)).at(-1)).toMatchObject({
    reactions: [
      { emoji: '🔥', count: 2 },
      { emoji: '👍🏽', count: 1 },
    ],
    myReactions: ['🔥'],
  });
  const [change] = listOf((await catchUp(alice, chatId, Number(body.rev))).items);
  expect(change).toMatchObject({ type: 'message.updated', data: { myReactions: ['🔥', '👍🏽'] } });
  for (const socket of [hers, his]) socket.close();
});

test('the same again changes nothing', async () => {
  const socket = await alice.connect();
  await react(bob, '🔥');
  expect(await readEvents(socket)).toEqual([]);
  socket.close();
});

test('a person has at most 3, a message at most 20 kinds', async () => {
  const { seq: busy } = await say(alice, chatId, 'busy');
  for (const emoji of ['😀', '😁', '😂']) expect((await react(bob, emoji, busy)).status).toBe(200);
  expect(await react(bob, '😃', busy)).toMatchObject({ status: 409, body: { code: 'too_many' } });
  const kinds = Array.from({ length: 17 }, (_, i) => String.fromCodePoint(0x1f600 + 10 + i));
  const strangers = await db.read
    .selectFrom('accounts')
    .select('account_id')
    .where('account_id', '<>', bob.userId)
    .execute();
  await db.statement
    .insertInto('message_reactions')
    .values(
      kinds.map((emoji) => ({
        chat_id: chatId,
        seq: Number(busy),
        account_id: strangers[0]?.account_id ?? '',
        emoji,
        created_at: new Date(),
      })),
    )
    .execute();
  await bob.call('removeReaction', { params: { chatId, seq: Number(busy), emoji: '😀' } });
  await react(bob, '😀', busy);
  await bob.call('removeReaction', { params: { chatId, seq: Number(busy), emoji: '😂' } });
  expect(await react(bob, '🎮', busy)).toMatchObject({ status: 200 });
  await bob.call('removeReaction', { params: { chatId, seq: Number(busy), emoji: '😁' } });
  expect(await react(bob, kinds[0] ?? '', busy)).toMatchObject({ status: 200 });
  const carol = await signUp('carol');
  const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: {} });
  await carol.call('joinByInvite', { params: { code: String(invite.code) } });
  expect(await react(carol, '🐉', busy)).toMatchObject({ status: 200 });
  expect(await react(carol, '🏆', busy)).toMatchObject({ status: 409 });
});

test.each(['a', '🔥🔥', '<b>', '1', ' '])('%j is not one emoji', async (emoji) => {
  expect(await react(bob, emoji)).toMatchObject({ status: 400 });
});

test('not on service messages or tombstones, and not by the wrong person', async () => {
  expect(await react(bob, '🔥', 1)).toMatchObject({ status: 404, body: { code: 'message_not_found' } });
  const params = { chatId, seq: Number(seq), emoji: '🔥' };
  await expectNoChat(await signUp('mallory'), 'setReaction', { params });
  expect(await nobody.call('setReaction', { params })).toMatchObject({ status: 401 });
});
