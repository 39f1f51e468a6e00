import { type Insertable, sql, type Updateable } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import {
  type ProfileGameRow,
  type ProfileRow,
  type ProfileWithGamesRow,
  SEARCHED,
  type SearchedGameRow,
  type SearchedProfileRow,
} from './tables.ts';

/**
 * Profiles with their games in the owner's order. The games come as one value: a row each would cost more to carry than
 * all the rest.
 */
const selectWithGames = (db: Queryable) =>
  db
    .selectFrom('profiles')
    .selectAll('profiles')
    .select(
      sql`(
        select coalesce(json_agg(profile_games order by place), '[]')
        from profile_games where profile_games.account_id = profiles.account_id
      )`.as('games'),
    );

export const findProfiles = (db: Queryable, accountIds: readonly string[]): Promise<ProfileWithGamesRow[]> =>
  selectWithGames(db)
    .where('account_id', '=', sql<string>`any(${accountIds}::uuid[])`)
    .$castTo<ProfileWithGamesRow>()
    .execute();

const FIELD = ' ';
const GAME = ',';

/** What the search asks of everybody who wrote a profile and whose id is above `after` and not above `last`. */
export const findSearchedProfiles = (
  db: Queryable,
  after: string,
  last: string,
): Promise<(SearchedProfileRow & { account_id: string })[]> =>
  db
    .selectFrom('profiles')
    .select(['account_id', ...SEARCHED])
    .where('account_id', '>', after)
    .where('account_id', '<=', last)
    .$castTo<SearchedProfileRow & { account_id: string }>()
    .execute();

/**
 * The games of the same people, by account. They come as one short text, whose words hold neither spaces nor commas: as JSON
 * they cost PostgreSQL and us more than all the rest. Not joined to the profiles: PostgreSQL cannot tell how many ids lie
 * between two of them, and may join as if it were one.
 */
export async function findSearchedGames(
  db: Queryable,
  after: string,
  last: string,
): Promise<Map<string, SearchedGameRow[]>> {
  const { rows } = await sql<{ account_id: string; games: string }>`
    select account_id, string_agg(
      concat_ws(${FIELD}, game_id, level, coalesce(hours_played::text, ''), coalesce(rank, '')), ${GAME}
    ) as games
    from profile_games where account_id > ${after} and account_id <= ${last} group by account_id`.execute(db);
  return new Map(rows.map(({ account_id, games }) => [account_id, games.split(GAME).map(readSearchedGame)]));
}

function readSearchedGame(text: string): SearchedGameRow {
  const [game_id = '', level, hours, rank] = text.split(FIELD);
  return {
    game_id,
    level: level as SearchedGameRow['level'],
    hours_played: hours ? Number(hours) : null,
    rank: rank || null,
  };
}

/** Locks the profile, making the default one at the first change. */
export async function lockProfile(tx: Tx, accountId: string, now: Date): Promise<ProfileRow> {
  await tx
    .insertInto('profiles')
    .values({ account_id: accountId, created_at: now, updated_at: now })
    .onConflict((oc) => oc.doNothing())
    .execute();
  return tx
    .selectFrom('profiles')
    .selectAll()
    .where('account_id', '=', accountId)
    .forUpdate()
    .$castTo<ProfileRow>()
    .executeTakeFirstOrThrow();
}

/** Every change of the owner's raises the version. */
export const updateProfile = (
  tx: Tx,
  accountId: string,
  change: Updateable<Tables['profiles']>,
  now: Date,
): Promise<ProfileRow> =>
  tx
    .updateTable('profiles')
    .set((eb) => ({ ...change, version: eb('version', '+', 1), updated_at: now }))
    .where('account_id', '=', accountId)
    .returningAll()
    .$castTo<ProfileRow>()
    .executeTakeFirstOrThrow();

export const updateRating = (tx: Tx, accountId: string, mean: number | null, count: number) =>
  tx
    .updateTable('profiles')
    .set({ rating_mean: mean, rating_count: count })
    .where('account_id', '=', accountId)
    .execute();

export const countOtherGames = async (tx: Tx, accountId: string, gameId: string): Promise<number> => {
  const { count } = await tx
    .selectFrom('profile_games')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('game_id', '!=', gameId)
    .executeTakeFirstOrThrow();
  return count;
};

/** A new game comes last; one that is there keeps its place. */
export const upsertProfileGame = (
  tx: Tx,
  game: Omit<Insertable<Tables['profile_games']>, 'place'>,
): Promise<ProfileGameRow> =>
  tx
    .insertInto('profile_games')
    .values((eb) => ({
      ...game,
      place: eb
        .selectFrom('profile_games')
        .select(sql<number>`coalesce(max(place), 0) + 1`.as('place'))
        .where('account_id', '=', game.account_id),
    }))
    .onConflict((oc) =>
      oc.columns(['account_id', 'game_id']).doUpdateSet((eb) => ({
        level: eb.ref('excluded.level'),
        rank: eb.ref('excluded.rank'),
        roles: eb.ref('excluded.roles'),
        hours_played: eb.ref('excluded.hours_played'),
        in_game_name: eb.ref('excluded.in_game_name'),
        platform: eb.ref('excluded.platform'),
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();

/** In the owner's order. */
export async function findGameIds(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('profile_games')
    .select('game_id')
    .where('account_id', '=', accountId)
    .orderBy('place')
    .execute();
  return rows.map(({ game_id }) => game_id);
}

/** Numbers the games anew, from 1, in the order of the ids. */
export const updatePlaces = (tx: Tx, accountId: string, gameIds: readonly string[]) =>
  sql`
    update profile_games set place = ordered.place
    from unnest(${gameIds}::text[]) with ordinality as ordered (game_id, place)
    where account_id = ${accountId} and profile_games.game_id = ordered.game_id`.execute(tx);

/** Returns whether any of the games was there. */
export async function deleteProfileGames(tx: Tx, accountId: string, gameIds: readonly string[]): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('profile_games')
    .where('account_id', '=', accountId)
    .where('game_id', 'in', gameIds)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function isAnyPlayed(db: Queryable, gameIds: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('profile_games')
    .select('game_id')
    .where('game_id', 'in', gameIds)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Some of those who have the game on their profile, in the order of ids. */
export async function findPlayersOf(tx: Tx, gameId: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('profile_games')
    .select('account_id')
    .where('game_id', '=', gameId)
    .orderBy('account_id')
    .limit(limit)
    .execute();
  return rows.map(({ account_id }) => account_id);
}

/** What these people say of these games. Locks the profiles, as every change of games does. */
export async function lockPlayedGames(
  tx: Tx,
  accountIds: readonly string[],
  gameIds: readonly string[],
): Promise<ProfileGameRow[]> {
  await tx
    .selectFrom('profiles')
    .select('account_id')
    .where('account_id', 'in', accountIds)
    .orderBy('account_id')
    .forUpdate()
    .execute();
  return tx
    .selectFrom('profile_games')
    .selectAll()
    .where('account_id', 'in', accountIds)
    .where('game_id', 'in', gameIds)
    .execute();
}

/** Puts the rows, each of another person, in the place of what those people say of `gameId` and of the rows' own game. */
export async function replaceGame(tx: Tx, gameId: string, rows: readonly ProfileGameRow[]): Promise<void> {
  await tx
    .deleteFrom('profile_games')
    .where(
      'account_id',
      'in',
      rows.map(({ account_id }) => account_id),
    )
    .where('game_id', 'in', [gameId, ...new Set(rows.map(({ game_id }) => game_id))])
    .execute();
  await sql`
    insert into profile_games
    select * from jsonb_populate_recordset(null::profile_games, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
}

export const touchProfiles = (tx: Tx, accountIds: readonly string[], now: Date) =>
  tx
    .updateTable('profiles')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: now }))
    .where('account_id', 'in', accountIds)
    .execute();

/** Returns whose profiles had the genre, at most `limit`. */
export async function deleteGenreFromProfiles(tx: Tx, genreId: string, limit: number, now: Date): Promise<string[]> {
  const { rows } = await sql<{ account_id: string }>`
    update profiles set genres = array_remove(genres, ${genreId}), version = version + 1, updated_at = ${now}
    where account_id in (
      select account_id from profiles where ${genreId} = any(genres) order by account_id limit ${limit} for update
    )
    returning account_id`.execute(tx);
  return rows.map(({ account_id }) => account_id);
}

/** Many profiles with their games at once; people who have a profile keep it. */
export async function insertProfiles(
  tx: Tx,
  profiles: readonly ProfileRow[],
  games: readonly ProfileGameRow[],
): Promise<void> {
  await sql`
    insert into profiles
    select * from jsonb_populate_recordset(null::profiles, ${JSON.stringify(profiles)}::jsonb)
    on conflict do nothing`.execute(tx);
  await sql`
    insert into profile_games
    select * from jsonb_populate_recordset(null::profile_games, ${JSON.stringify(games)}::jsonb)
    on conflict do nothing`.execute(tx);
}

/** With the games, which hang on it. Returns the picture that it showed, or nothing when there was no profile. */
export const deleteProfile = (tx: Tx, accountId: string): Promise<Pick<ProfileRow, 'avatar_id'> | undefined> =>
  tx.deleteFrom('profiles').where('account_id', '=', accountId).returning('avatar_id').executeTakeFirst();
