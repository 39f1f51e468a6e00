import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { loadSigningKeys } from '#modules/accounts/index.ts';
import type { Tx } from '#platform/database.ts';
import { createCursors } from '#platform/paging.ts';
import { startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';

const { dataDir, db, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const withBob = await openDirect(alice, bob);
const withCarol = await openDirect(alice, carol);

const sync = (chats: object) => alice.call('syncChats', { body: { chats } });

test('one call tells what changed, appeared and vanished', async () => {
  await say(bob, withBob, 'one');
  await say(bob, withBob, 'two');
  const unknownId = randomUUID();
  const { body } = await sync({ [withBob]: 1, [unknownId]: 7 });
  expect(listOf(body.changed)).toHaveLength(1);
  expect(listOf(body.changed)[0]).toMatchObject({ chatId: withBob, rev: 2, hasMore: false });
  expect(listOf(listOf(body.changed)[0]?.items).map(({ data }) => data?.text)).toEqual(['two']);
  expect(listOf(body.appeared)).toMatchObject([{ chatId: withCarol }]);
  expect(body.vanished).toEqual([unknownId]);
});

test('a client that has everything gets nothing', async () => {
  const { body } = await sync({ [withBob]: 2, [withCarol]: 0 });
  expect(body).toMatchObject({ changed: [], appeared: [], vanished: [] });
});

test('the chat of others is as one that does not exist', async () => {
  const foreign = await openDirect(bob, carol);
  const { body } = await sync({ [withBob]: 2, [withCarol]: 0, [foreign]: 0 });
  expect(body).toMatchObject({ changed: [], vanished: [foreign] });
});

test('refuses a bad shape and who has not signed in', async () => {
  expect(await sync({ bob: 1 })).toMatchObject({ status: 400 });
  expect(await sync({ [withBob]: -1 })).toMatchObject({ status: 400 });
  expect(await sync({ [withBob]: '1' })).toMatchObject({ status: 400 });
  const many = Object.fromEntries(Array.from({ length: 1_001 }, () => [randomUUID(), 0]));
  expect(await sync(many)).toMatchObject({ status: 400 });
  expect(await nobody.call('syncChats', { body: { chats: {} } })).toMatchObject({ status: 401 });
});

test('own settings, marks of others and hidden messages come by the cursor', async () => {
  const dave = await signUp('dave');
  const erin = await signUp('erin');
  const chatId = await openDirect(dave, erin);
  for (const text of ['one', 'two']) await say(dave, chatId, text);
  const syncOf = async (cursor?: unknown) =>
    (await dave.call('syncChats', { body: { chats: { [chatId]: 2 }, ...(cursor !== undefined && { cursor }) } })).body;

  const first = await syncOf();
  expect(listOf(first.states)).toMatchObject([{ chatId, othersReadSeq: 0 }]);
  // Transactions that were running meanwhile, of whatever database, let a cursor repeat what it has told.
  const untilQuiet = async (cursor: unknown): Promise<unknown> => {
    const next = await syncOf(cursor);
    return listOf(next.states).length === 0 && listOf(next.hidden).length === 0 ? next.cursor : untilQuiet(next.cursor);
  };
  const quiet = await untilQuiet(first.cursor);
  await erin.call('markRead', { params: { chatId }, body: { seq: 2 } });
  await dave.call('deleteMessage', { params: { chatId, seq: 1 } });
  const second = await syncOf(quiet);
  expect(second).toMatchObject({ changed: [], states: [{ othersReadSeq: 2 }], hidden: [{ chatId, seqs: [1] }] });
  const quietAgain = await untilQuiet(second.cursor);
  await dave.call('updateChatSettings', { params: { chatId }, body: { archived: true } });
  expect(await syncOf(quietAgain)).toMatchObject({ states: [{ archived: true }], hidden: [] });
  const forged = await alice.call('syncChats', { body: { chats: {}, cursor: String(first.cursor) } });
  expect(forged).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
});

test('however many messages were deleted for oneself, all come, page by page', async () => {
  const ivan = await signUp('ivan');
  const chatIds = [randomUUID(), randomUUID()];
  const now = new Date();
  const of = <T>(make: (chatId: string, seq: number) => T) =>
    chatIds.flatMap((id) => Array.from({ length: 1_100 }, (_, i) => make(id, i + 1)));
  const hide = (tx: Tx, isFirst: boolean) =>
    tx
      .insertInto('hidden_messages')
      .values(
        of((chat_id, seq) => ({ chat_id, seq, account_id: ivan.userId })).filter(({ seq }) => isFirst === seq < 600),
      )
      .execute();
  await db.transaction(async (tx) => {
    const chat = { kind: 'group' as const, last_seq: 1_100, last_rev: 1_100, created_at: now, last_activity_at: now };
    await tx
      .insertInto('chats')
      .values(chatIds.map((chat_id) => ({ ...chat, chat_id })))
      .execute();
    await tx
      .insertInto('chat_members')
      .values(chatIds.map((chat_id) => ({ chat_id, account_id: ivan.userId, joined_at: now })))
      .execute();
    await tx
      .insertInto('messages')
      .values(
        of((chat_id, seq) => {
          const author = { author_id: ivan.userId, client_id: randomUUID() };
          return { chat_id, seq, rev: seq, created_rev: seq, ...author, text: 'x', created_at: now };
        }),
      )
      .execute();
  });
  const known = Object.fromEntries(chatIds.map((id) => [id, 1_100]));
  const seen = new Set<string>();
  let cursor = (await ivan.call('syncChats', { body: { chats: known } })).body.cursor;
  const next = async () => {
    const { body } = await ivan.call('syncChats', { body: { chats: known, cursor } });
    const lists = listOf(body.hidden) as unknown as { chatId: string; seqs: number[] }[];
    expect(lists.flatMap(({ seqs }) => seqs).length).toBeLessThanOrEqual(1_000);
    for (const { chatId, seqs } of lists) for (const seq of seqs) seen.add(`${chatId} ${seq}`);
    ({ cursor } = body);
    return body.hasMoreHidden;
  };
  // The rest is hidden while the list goes on, by a transaction that began before it.
  await db.transaction(async (late) => {
    await sql`select pg_current_xact_id()`.execute(late);
    await db.transaction((tx) => hide(tx, true));
    expect([await next(), await next()]).toEqual([true, false]);
    expect(seen.size).toBe(1_198);
    await hide(late, false);
  });
  while (await next()) expect(seen.size).toBeLessThanOrEqual(2_200);
  expect(seen.size).toBe(2_200);
});

test('a copy that is ahead of the chat, or too far behind, is to be loaded anew', async () => {
  expect((await sync({ [withBob]: 1_000 })).body).toMatchObject({ reload: [withBob], changed: [] });
  await db.statement.updateTable('chats').set({ last_rev: 20_000 }).where('chat_id', '=', withBob).execute();
  expect((await sync({ [withBob]: 2 })).body).toMatchObject({ reload: [withBob], changed: [] });
  const answer = await alice.call('listChanges', { params: { chatId: withBob }, query: { since: 2 } });
  expect(answer).toMatchObject({ status: 410, body: { code: 'changes_too_old' } });
  expect((await sync({ [withBob]: 10_001 })).body).toMatchObject({ reload: [] });
});

test('an answer is bounded, however many chats there are', async () => {
  const frank = await signUp('frank');
  const ids = Array.from({ length: 130 }, () => randomUUID());
  const now = new Date();
  await db.transaction(async (tx) => {
    await tx
      .insertInto('chats')
      .values(
        ids.map((id) => ({ chat_id: id, kind: 'group' as const, last_rev: 5, created_at: now, last_activity_at: now })),
      )
      .execute();
    await tx
      .insertInto('chat_members')
      .values(ids.map((id) => ({ chat_id: id, account_id: frank.userId, joined_at: now })))
      .execute();
  });
  const fresh = await frank.call('syncChats', { body: { chats: {} } });
  expect(listOf(fresh.body.appeared)).toHaveLength(100);
  expect(fresh.body.hasMoreChats).toBe(true);
  const behind = await frank.call('syncChats', { body: { chats: Object.fromEntries(ids.map((id) => [id, 1])) } });
  const changed = listOf(behind.body.changed);
  expect(changed).toHaveLength(130);
  expect(changed.filter((list) => Number(list.rev) === 5)).toHaveLength(50);
  expect(changed.filter((list) => Number(list.rev) === 1 && String(list.hasMore) === 'true')).toHaveLength(80);
});

test('a cursor from before the database was restored elsewhere brings all states', async () => {
  const grace = await signUp('grace');
  const heidi = await signUp('heidi');
  const chatId = await openDirect(grace, heidi);
  const { deriveSecret } = await loadSigningKeys(undefined, dataDir);
  const cursor = createCursors(deriveSecret('cursors')).seal(`syncChats:${grace.userId}`, { xid: '1000000000000' });
  const { body } = await grace.call('syncChats', { body: { chats: { [chatId]: 0 }, cursor } });
  expect(listOf(body.states)).toMatchObject([{ chatId }]);
});
