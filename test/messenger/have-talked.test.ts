import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Queryable } from '#platform/database.ts';
import { startApp } from '../helpers/app.ts';
import { openDirect, say } from '../helpers/chats.ts';

const { app, db, signUp } = await startApp();
const [alice, bob, carol] = [await signUp('alice'), await signUp('bob'), await signUp('carol')];
const haveTalked = (one: typeof alice, other: typeof alice, reader: Queryable = db.read) =>
  app.messenger.haveTalked(reader, one.userId, other.userId);

const chatId = await openDirect(alice, bob);
await say(alice, chatId, 'привет');

test('two have talked once each has written to the other', async () => {
  expect(await haveTalked(alice, carol)).toBe(false);
  expect([await haveTalked(alice, bob), await haveTalked(bob, alice)]).toEqual([false, false]);
  await say(bob, chatId, 'привет');
  expect([await haveTalked(alice, bob), await haveTalked(bob, alice)]).toEqual([true, true]);
});

test('a long talk is not read through', async () => {
  await sql`
    insert into messages (chat_id, seq, rev, created_rev, author_id, client_id, text, created_at)
    select ${chatId}::uuid, n, n, n, ${alice.userId}::uuid, gen_random_uuid(), 'ещё', now()
    from generate_series(1000, 6000) as n`.execute(db.statement);
  await sql`analyze messages`.execute(db.statement);
  const read = await db.transaction(async (tx) => {
    expect(await haveTalked(alice, bob, tx)).toBe(true);
    const { rows } = await sql<{ read: number }>`
      select seq_tup_read + coalesce(idx_tup_fetch, 0) as read
      from pg_stat_xact_user_tables where relname = 'messages'`.execute(tx);
    return rows[0]?.read;
  });
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(100);
});
