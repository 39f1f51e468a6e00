import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Reaction } from '../tables.ts';

type Place = { chat_id: string; seq: number };

export async function findOwnReactions(db: Queryable, accountId: string, places: readonly Place[]) {
  const { rows } = await sql<Place & { emoji: string }>`
    select message_reactions.chat_id, message_reactions.seq, emoji
    from unnest(${places.map(({ chat_id }) => chat_id)}::uuid[], ${places.map(({ seq }) => seq)}::integer[]) as place (chat_id, seq)
    join message_reactions using (chat_id, seq)
    where account_id = ${accountId}
    order by message_reactions.created_at, emoji`.execute(db);
  return rows;
}

/** Returns whether it is new. */
export async function insertReaction(tx: Tx, { chat_id, seq }: Place, accountId: string, emoji: string, now: Date) {
  const inserted = await tx
    .insertInto('message_reactions')
    .values({ chat_id, seq, account_id: accountId, emoji, created_at: now })
    .onConflict((oc) => oc.doNothing())
    .returning('seq')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Returns whether it was there. */
export async function deleteReaction(tx: Tx, { chat_id, seq }: Place, accountId: string, emoji: string) {
  const deleted = await tx
    .deleteFrom('message_reactions')
    .where('chat_id', '=', chat_id)
    .where('seq', '=', seq)
    .where('account_id', '=', accountId)
    .where('emoji', '=', emoji)
    .returning('seq')
    .executeTakeFirst();
  return deleted !== undefined;
}

export const deleteReactions = (tx: Tx, { chat_id, seq }: Place) =>
  tx.deleteFrom('message_reactions').where('chat_id', '=', chat_id).where('seq', '=', seq).execute();

/** The counts as they are now, the emoji that came first standing first. */
export async function countReactions(tx: Tx, { chat_id, seq }: Place): Promise<Reaction[]> {
  const { rows } = await sql<Reaction>`
    select emoji, count(*) as count from message_reactions
    where chat_id = ${chat_id} and seq = ${seq}
    group by emoji order by min(created_at), emoji`.execute(tx);
  return rows;
}

export type ReactorPlace = { accountId: string; emoji: string };

export async function listReactors(
  db: Queryable,
  { chat_id, seq }: Place,
  after: ReactorPlace | undefined,
  limit: number,
) {
  const isAfter = after ? sql`(account_id, emoji) > (${after.accountId}::uuid, ${after.emoji}::text)` : sql`true`;
  const { rows } = await sql<{ account_id: string; emoji: string }>`
    select account_id, emoji from message_reactions
    where chat_id = ${chat_id} and seq = ${seq} and ${isAfter}
    order by account_id, emoji limit ${limit}`.execute(db);
  return rows;
}
