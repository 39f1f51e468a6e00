import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { SavedSearchRow, SearchMatchRow } from './tables.ts';

/** Whoever counts what an owner has, and adds to it, waits for the others who do. */
export async function lockOwner(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`saved searches of ${accountId}`}, 0))`.execute(tx);
}

export const findSavedSearches = (db: Queryable, accountId: string): Promise<SavedSearchRow[]> =>
  db.selectFrom('saved_searches').selectAll().where('account_id', '=', accountId).orderBy('saved_search_id').execute();

export const insertSavedSearch = (
  tx: Tx,
  { filters, ...row }: Omit<SavedSearchRow, 'lot' | 'filters'> & { filters: object },
): Promise<SavedSearchRow> =>
  tx
    .insertInto('saved_searches')
    .values({ ...row, filters: JSON.stringify(filters) })
    .returningAll()
    .executeTakeFirstOrThrow();

export const lockSavedSearchesOf = (tx: Tx, gameId: string): Promise<SavedSearchRow[]> =>
  tx
    .selectFrom('saved_searches')
    .selectAll()
    .where(sql<boolean>`${gameId} = any(games)`)
    .orderBy('saved_search_id')
    .forUpdate()
    .execute();

export const updateFilters = (tx: Tx, savedSearchId: string, filters: object, games: string[]) =>
  tx
    .updateTable('saved_searches')
    .set({ filters: JSON.stringify(filters), games })
    .where('saved_search_id', '=', savedSearchId)
    .execute();

/** A search for nothing but this genre becomes one for any. */
export const deleteGenreFromFilters = (tx: Tx, genreId: string) =>
  sql`
    update saved_searches set filters = jsonb_set(filters, '{genre}', (filters -> 'genre') - ${genreId}::text)
    where filters -> 'genre' @> to_jsonb(${genreId}::text)`.execute(tx);

export async function deleteSavedSearch(db: Queryable, accountId: string, savedSearchId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('saved_searches')
    .where('account_id', '=', accountId)
    .where('saved_search_id', '=', savedSearchId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * Saved searches of others that ask for one of these games or for none, and whose owner was not told of this person since
 * `since`. Looks at `looked` of them at most, from `lot` on around the circle and the games first, and returns `limit` at most.
 */
export async function findSavedSearchesFor(
  db: Queryable,
  {
    matchId,
    games,
    since,
    lot,
    looked,
    limit,
  }: {
    matchId: string;
    games: readonly string[];
    since: Date;
    lot: number;
    looked: number;
    limit: number;
  },
): Promise<SavedSearchRow[]> {
  const { rows } = await sql<SavedSearchRow>`
    select near.* from (
      (select * from saved_searches where games && ${games}::text[] order by lot < ${lot}::real, lot limit ${looked})
      union all
      (select * from saved_searches where games = '{}' and lot >= ${lot}::real order by lot limit ${looked})
      union all
      (select * from saved_searches where games = '{}' and lot < ${lot}::real order by lot limit ${looked})
      limit ${looked}
    ) as near
    where account_id <> ${matchId}
      and not exists (
        select from search_matches as known
        where known.account_id = near.account_id and known.match_id = ${matchId} and known.found_at > ${since}
      )
    limit ${limit}`.execute(db);
  return rows;
}

/** Nothing happens when the pair is known since `since`. */
export async function insertMatch(tx: Tx, match: Omit<SearchMatchRow, 'announced_at'>, since: Date): Promise<void> {
  await tx
    .insertInto('search_matches')
    .values(match)
    .onConflict((oc) =>
      oc
        .columns(['account_id', 'match_id'])
        .doUpdateSet((eb) => ({
          saved_search_id: eb.ref('excluded.saved_search_id'),
          found_at: eb.ref('excluded.found_at'),
          announced_at: null,
        }))
        .where('search_matches.found_at', '<=', since),
    )
    .execute();
}

export const findWaitingMatches = (
  db: Queryable,
  accountId: string,
  limit: number,
): Promise<{ match_id: string; saved_search_id: string | null }[]> =>
  db
    .selectFrom('search_matches')
    .select(['match_id', 'saved_search_id'])
    .where('account_id', '=', accountId)
    .where('announced_at', 'is', null)
    .where('saved_search_id', 'is not', null)
    .orderBy('found_at', 'desc')
    .orderBy('match_id')
    .limit(limit)
    .execute();

export async function findOwnersWithWaiting(db: Queryable, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('search_matches')
    .select('account_id')
    .distinct()
    .where('announced_at', 'is', null)
    .where('saved_search_id', 'is not', null)
    .where('account_id', '>', after)
    .orderBy('account_id')
    .limit(limit)
    .execute();
  return rows.map(({ account_id }) => account_id);
}

export async function countAnnounced(db: Queryable, accountId: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('search_matches')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('announced_at', '>', since)
    .executeTakeFirstOrThrow();
  return count;
}

export const markAnnounced = (tx: Tx, accountId: string, matchId: string, now: Date) =>
  tx
    .updateTable('search_matches')
    .set({ announced_at: now })
    .where('account_id', '=', accountId)
    .where('match_id', '=', matchId)
    .execute();

export const deleteMatch = (tx: Tx, accountId: string, matchId: string) =>
  tx.deleteFrom('search_matches').where('account_id', '=', accountId).where('match_id', '=', matchId).execute();

export const deleteMatchesBefore = (db: Queryable, foundBefore: Date) =>
  db.deleteFrom('search_matches').where('found_at', '<=', foundBefore).execute();

export async function deleteEverythingOf(tx: Tx, accountId: string): Promise<void> {
  await tx
    .deleteFrom('search_matches')
    .where((eb) => eb.or([eb('account_id', '=', accountId), eb('match_id', '=', accountId)]))
    .execute();
  await tx.deleteFrom('saved_searches').where('account_id', '=', accountId).execute();
}
