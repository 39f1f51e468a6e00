import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { RatingRow } from './tables.ts';

/** Two ratings of one pair, one in each direction, reveal each other: they are changed one by one. */
export async function lockPair(tx: Tx, accountId: string, otherId: string): Promise<void> {
  const pair = [accountId, otherId].toSorted((a, b) => (a < b ? -1 : 1)).join(' ');
  await sql`select pg_advisory_xact_lock(hashtextextended(${`ratings ${pair}`}, 0))`.execute(tx);
}

/** Whoever counts the votes about a person waits for the one who is counting, so that no vote is left out. */
export async function lockRated(tx: Tx, ratedId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`ratings of ${ratedId}`}, 0))`.execute(tx);
}

export const findRating = (db: Queryable, raterId: string, ratedId: string): Promise<RatingRow | undefined> =>
  db
    .selectFrom('ratings')
    .selectAll()
    .where('rater_id', '=', raterId)
    .where('rated_id', '=', ratedId)
    .executeTakeFirst();

export const insertRating = (tx: Tx, row: Insertable<Tables['ratings']>): Promise<RatingRow> =>
  tx.insertInto('ratings').values(row).returningAll().executeTakeFirstOrThrow();

export const updateRating = (
  tx: Tx,
  ratingId: string,
  change: Partial<Omit<RatingRow, 'rating_id' | 'rater_id' | 'rated_id'>>,
): Promise<RatingRow> =>
  tx.updateTable('ratings').set(change).where('rating_id', '=', ratingId).returningAll().executeTakeFirstOrThrow();

/** Returns whether there was one to take back; what a moderator removed stays, so that it cannot be given anew. */
export async function deleteRating(tx: Tx, raterId: string, ratedId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('ratings')
    .where('rater_id', '=', raterId)
    .where('rated_id', '=', ratedId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export const markRemoved = (tx: Tx, ratingId: string, now: Date): Promise<RatingRow | undefined> =>
  tx
    .updateTable('ratings')
    .set({ removed_at: now })
    .where('rating_id', '=', ratingId)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();

export type CountedRow = RatingRow & { agreement: number | null };

/** The votes about one person that count now. */
export const findCounted = (db: Queryable, ratedId: string, now: Date): Promise<CountedRow[]> =>
  db
    .selectFrom('ratings')
    .leftJoin('rater_agreements', 'rater_agreements.account_id', 'ratings.rater_id')
    .selectAll('ratings')
    .select('agreement')
    .where('rated_id', '=', ratedId)
    .where('revealed_at', '<=', now)
    .where('removed_at', 'is', null)
    .execute();

/** What somebody was given and may see, the latest first. */
export const findReceived = (
  db: Queryable,
  ratedId: string,
  now: Date,
  before: string | undefined,
  limit: number,
): Promise<RatingRow[]> =>
  db
    .selectFrom('ratings')
    .selectAll()
    .where('rated_id', '=', ratedId)
    .where('revealed_at', '<=', now)
    .where('removed_at', 'is', null)
    .$if(before !== undefined, (query) => query.where('rating_id', '<', before ?? ''))
    .orderBy('rating_id', 'desc')
    .limit(limit)
    .execute();

export const findReceivedOne = (
  db: Queryable,
  ratedId: string,
  ratingId: string,
  now: Date,
): Promise<RatingRow | undefined> =>
  db
    .selectFrom('ratings')
    .selectAll()
    .where('rating_id', '=', ratingId)
    .where('rated_id', '=', ratedId)
    .where('revealed_at', '<=', now)
    .where('removed_at', 'is', null)
    .executeTakeFirst();

/** Locks the one row: of several nodes one counts. */
export async function lockCountedUntil(tx: Tx): Promise<Date> {
  const row = await tx.selectFrom('rating_clock').select('counted_until').forUpdate().executeTakeFirstOrThrow();
  return row.counted_until;
}

export const updateCountedUntil = (tx: Tx, now: Date) =>
  tx.updateTable('rating_clock').set({ counted_until: now }).execute();

/** Takes the turn to count everything anew; false when some node took it after `since`. */
export async function updateRecountedAt(db: Queryable, since: Date, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('rating_clock')
    .set({ recounted_at: now })
    .where('recounted_at', '<=', since)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ratings that became visible by the passing of time, or were revealed meanwhile, by ascending id of the rated. */
export const findRevealedBetween = (db: Queryable, after: Date, until: Date): Promise<RatingRow[]> =>
  db
    .selectFrom('ratings')
    .selectAll()
    .where('revealed_at', '>', after)
    .where('revealed_at', '<=', until)
    .orderBy('rated_id')
    .execute();

/** Everybody who was ever rated, by ascending id, at most `limit` after the given one. */
export async function findRatedAfter(db: Queryable, accountId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('ratings')
    .select('rated_id')
    .distinct()
    .where('rated_id', '>', accountId)
    .orderBy('rated_id')
    .limit(limit)
    .execute();
  return rows.map(({ rated_id }) => rated_id);
}

/** Raters with each of their votes beside the median of the others', for raters after an id. */
export async function findCompared(
  db: Queryable,
  accountId: string,
  limit: number,
  leastOthers: number,
  now: Date,
): Promise<{ rater_id: string; score: number | null; others_median: number | null }[]> {
  const { rows } = await sql<{ rater_id: string; score: number | null; others_median: number | null }>`
    with raters as (
      select distinct rater_id from ratings where rater_id > ${accountId} order by rater_id limit ${limit}
    ), counted as (
      select rater_id, rated_id, (play + communication + reliability + friendliness) / 4.0 as score
      from ratings where revealed_at <= ${now} and removed_at is null
    )
    select raters.rater_id, own.score, others.median as others_median
    from raters
    left join counted own using (rater_id)
    left join lateral (
      select percentile_cont(0.5) within group (order by counted.score::float8) as median
      from counted
      where counted.rated_id = own.rated_id and counted.rater_id <> own.rater_id
      having count(*) >= ${leastOthers}
    ) others on true
    order by raters.rater_id`.execute(db);
  return rows;
}

export async function upsertAgreements(
  tx: Queryable,
  agreements: readonly { account_id: string; agreement: number }[],
): Promise<void> {
  if (agreements.length === 0) return;
  await tx
    .insertInto('rater_agreements')
    .values([...agreements])
    .onConflict((oc) => oc.column('account_id').doUpdateSet((eb) => ({ agreement: eb.ref('excluded.agreement') })))
    .execute();
}

export const deleteAgreements = (tx: Queryable, accountIds: readonly string[]) =>
  tx.deleteFrom('rater_agreements').where('account_id', '=', sql<string>`any(${accountIds}::uuid[])`).execute();

/** What a person gave and got. Returns those whom the person had rated. */
export async function deleteRatingsOf(tx: Tx, accountId: string): Promise<string[]> {
  await tx.deleteFrom('ratings').where('rated_id', '=', accountId).execute();
  const given = await tx.deleteFrom('ratings').where('rater_id', '=', accountId).returning('rated_id').execute();
  return given.map(({ rated_id }) => rated_id);
}
