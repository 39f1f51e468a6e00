import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';

type Place = { chat_id: string; seq: number };

export async function findOwnVotes(db: Queryable, accountId: string, places: readonly Place[]) {
  const { rows } = await sql<Place & { option: number }>`
    select poll_votes.chat_id, poll_votes.seq, option
    from unnest(${places.map(({ chat_id }) => chat_id)}::uuid[], ${places.map(({ seq }) => seq)}::integer[]) as place (chat_id, seq)
    join poll_votes using (chat_id, seq)
    where account_id = ${accountId}
    order by option`.execute(db);
  return rows;
}

/** Replaces what the account chose. */
export async function replaceVotes(
  tx: Tx,
  { chat_id, seq }: Place,
  accountId: string,
  options: readonly number[],
  now: Date,
) {
  await tx
    .deleteFrom('poll_votes')
    .where('chat_id', '=', chat_id)
    .where('seq', '=', seq)
    .where('account_id', '=', accountId)
    .execute();
  if (options.length === 0) return;
  await tx
    .insertInto('poll_votes')
    .values(options.map((option) => ({ chat_id, seq, account_id: accountId, option, created_at: now })))
    .execute();
}

export const deleteVotes = (tx: Tx, { chat_id, seq }: Place) =>
  tx.deleteFrom('poll_votes').where('chat_id', '=', chat_id).where('seq', '=', seq).execute();

export async function countVotes(tx: Tx, { chat_id, seq }: Place): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ option: number; count: number }>`
    select option, count(*) as count from poll_votes
    where chat_id = ${chat_id} and seq = ${seq} group by option`.execute(tx);
  return new Map(rows.map(({ option, count }) => [option, count]));
}

export type VoterPlace = { accountId: string; option: number };

export async function listVoters(db: Queryable, { chat_id, seq }: Place, after: VoterPlace | undefined, limit: number) {
  const isAfter = after ? sql`(account_id, option) > (${after.accountId}::uuid, ${after.option}::integer)` : sql`true`;
  const { rows } = await sql<{ account_id: string; option: number }>`
    select account_id, option from poll_votes
    where chat_id = ${chat_id} and seq = ${seq} and ${isAfter}
    order by account_id, option limit ${limit}`.execute(db);
  return rows;
}
