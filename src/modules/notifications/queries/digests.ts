import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';

/** A letter to each of these people is due after some hours, unless one waits already; a day after the last at the earliest. */
export async function upsertDigests(
  tx: Tx,
  accountIds: readonly string[],
  { now, delayHours, distanceHours }: { now: Date; delayHours: number; distanceHours: number },
): Promise<void> {
  await sql`
    insert into digests (account_id, since, due_at)
    select account_id, ${now}, ${now}::timestamptz + make_interval(hours => ${delayHours})
    from unnest(${accountIds.toSorted()}::uuid[]) as wanted (account_id)
    on conflict (account_id) do update
    set since = excluded.since,
      due_at = greatest(excluded.due_at, digests.sent_at + make_interval(hours => ${distanceHours}))
    where digests.due_at is null`.execute(tx);
}

/** Takes those that are due, at most `limit`. */
export async function takeDigests(tx: Tx, now: Date, limit: number): Promise<{ account_id: string; since: Date }[]> {
  const { rows } = await sql<{ account_id: string; since: Date }>`
    update digests set due_at = null
    where account_id in (
      select account_id from digests where due_at <= ${now} order by due_at for update skip locked limit ${limit})
    returning account_id, since`.execute(tx);
  return rows;
}

export const markDigestSent = (db: Queryable, accountId: string, now: Date) =>
  db.updateTable('digests').set({ sent_at: now }).where('account_id', '=', accountId).execute();

export const deleteDigest = (tx: Tx, accountId: string) =>
  tx.deleteFrom('digests').where('account_id', '=', accountId).execute();
