import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, listOf, openDirect, say, textsOf } from '../helpers/chats.ts';

const { clock, db, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const direct = await openDirect(alice, bob);
const group = await createGroup(alice, [bob]);

const sent: string[] = [];
for (const [person, chatId, text] of [
  [alice, direct, 'Ищу напарников для рейда'],
  [bob, direct, 'I am playing with friends tonight'],
  [alice, group, 'Напарник нашёлся, играем в пятницу'],
  [bob, group, 'We played two matches'],
] as const) {
  clock.advance(60);
  sent.push(clock.now().toISOString());
  await say(person, chatId, text);
}

const search = async (person: Person, query: Record<string, string | number>) => {
  const { status, body } = await person.call('searchMessages', { query });
  expect(status).toBe(200);
  return textsOf(listOf(body.items));
};

test('forms of Russian and English words are found, the newest first', async () => {
  expect(await search(alice, { q: 'напарники' })).toEqual([
    'Напарник нашёлся, играем в пятницу',
    'Ищу напарников для рейда',
  ]);
  expect(await search(bob, { q: 'play' })).toEqual(['We played two matches', 'I am playing with friends tonight']);
  expect(await search(bob, { q: 'ПЯТНИЦА' })).toHaveLength(1);
  expect(await search(bob, { q: '"two matches"' })).toHaveLength(1);
  expect(await search(bob, { q: 'play -friends' })).toEqual(['We played two matches']);
});

test('by chat, author and date', async () => {
  expect(await search(alice, { q: 'напарник', chatId: direct })).toEqual(['Ищу напарников для рейда']);
  expect(await search(alice, { q: 'напарник', from: bob.userId })).toEqual([]);
  expect(await search(alice, { q: 'play', since: sent[2] ?? '' })).toEqual(['We played two matches']);
  expect(await search(alice, { q: 'play', until: sent[2] ?? '' })).toEqual(['I am playing with friends tonight']);
});

test('page by page, with a cursor that holds for this search of this person alone', async () => {
  const first = await alice.call('searchMessages', { query: { q: 'play', limit: 1 } });
  const cursor = String(first.body.nextCursor);
  expect(await search(alice, { q: 'play', limit: 1, cursor })).toEqual(['I am playing with friends tonight']);
  expect(await alice.call('searchMessages', { query: { q: 'raid', cursor } })).toMatchObject({ status: 400 });
  expect(await bob.call('searchMessages', { query: { q: 'play', cursor } })).toMatchObject({ status: 400 });
});

test('a chat of others is as one without such words', async () => {
  expect(await search(carol, { q: 'напарник' })).toEqual([]);
  expect(await search(carol, { q: 'напарник', chatId: direct })).toEqual([]);
  // Neither does the mark by which the index knows a chat find anything.
  expect(await search(carol, { q: `#${direct}` })).toEqual([]);
});

test('only what may be read now: not deleted, hidden, cleared, edited away, or after leaving', async () => {
  const { seq } = await say(bob, direct, 'дракон');
  const params = { chatId: direct, seq: Number(seq) };
  expect(await search(alice, { q: 'дракон' })).toHaveLength(1);
  await alice.call('deleteMessage', { params });
  expect(await search(alice, { q: 'дракон' })).toEqual([]);
  expect(await search(bob, { q: 'драконы' })).toHaveLength(1);
  await bob.call('editMessage', { params, body: { text: 'единорог' } });
  expect(await search(bob, { q: 'дракон' })).toEqual([]);
  expect(await search(bob, { q: 'единороги' })).toHaveLength(1);
  await bob.call('deleteMessage', { params, query: { for: 'everyone' } });
  expect(await search(bob, { q: 'единорог' })).toEqual([]);
  await bob.call('clearHistory', { params: { chatId: direct }, body: { seq: 2 } });
  expect(await search(bob, { q: 'friends' })).toEqual([]);
  await bob.call('removeMember', { params: { chatId: group, userId: bob.userId } });
  expect(await search(bob, { q: 'matches' })).toEqual([]);
  expect(await search(alice, { q: 'matches' })).toHaveLength(1);
});

test.each([
  ['one letter', { q: 'a' }],
  ['stop words only', { q: 'и в на' }],
  ['only what is left out', { q: '-play' }],
  ['signs', { q: '%_%_%' }],
  ['201 characters', { q: 'я'.repeat(201) }],
  ['a limit without bounds', { q: 'play', limit: 1e9 }],
  ['no words', {}],
  ['a date that is none', { q: 'play', since: 'yesterday' }],
])('refuses %s', async (_what, query) => {
  expect(await alice.call('searchMessages', { query })).toMatchObject({ status: 400 });
});

test('refuses who has not signed in', async () => {
  expect(await nobody.call('searchMessages', { query: { q: 'play' } })).toMatchObject({ status: 401 });
});

test('a search that would take long is ended, and says so', async () => {
  await db.transaction(async (tx) => {
    await sql`lock table messages in access exclusive mode`.execute(tx);
    const answer = await alice.call('searchMessages', { query: { q: 'play' } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'search_too_broad' } });
  });
  expect(await search(alice, { q: 'matches' })).toHaveLength(1);
});
