import { type Insertable, sql, type Updateable } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { ShippedCatalogue } from '../shipped-catalogue.ts';
import type { GameRow, GenreRow, RetiredSlugRow } from '../tables.ts';

export const findGames = (db: Queryable): Promise<GameRow[]> =>
  db.selectFrom('games').selectAll().$castTo<GameRow>().execute();

export const findGenres = (db: Queryable): Promise<GenreRow[]> =>
  db.selectFrom('genres').selectAll().orderBy(sql`name->>'en'`).$castTo<GenreRow>().execute();

/** What slugs of merged games lead to. */
export const findMergedGames = (db: Queryable): Promise<Pick<RetiredSlugRow, 'slug' | 'into_game_id'>[]> =>
  db
    .selectFrom('retired_slugs')
    .select(['slug', 'into_game_id'])
    .where('kind', '=', 'game')
    .where('into_game_id', 'is not', null)
    .execute();

/** Locks the one row, so that of nodes that start together one loads and the others find it done. */
export async function lockFilesHash(tx: Tx): Promise<string> {
  const row = await tx.selectFrom('catalogue_loads').select('files_hash').forUpdate().executeTakeFirstOrThrow();
  return row.files_hash;
}

export const updateFilesHash = (tx: Tx, filesHash: string) =>
  tx.updateTable('catalogue_loads').set({ files_hash: filesHash }).execute();

/** Adds and refreshes; never removes, and never touches what staff edited or took out, nor the names of merged games. */
export async function upsertGames(tx: Tx, games: ShippedCatalogue['games']): Promise<void> {
  const rows = games.map((game) => ({
    game_id: game.slug,
    name: game.name,
    aliases: game.aliases,
    release_year: game.year,
    genres: game.genres,
    platforms: game.platforms,
    modes: game.modes,
    max_party_size: game.partySize?.max,
    popularity: game.popularity,
    ladder: game.ladder ?? [],
    roles: game.roles ?? [],
    steam_app_id: game.steamAppId,
  }));
  await sql`
    insert into games
    select * from jsonb_populate_recordset(null::games, ${JSON.stringify(rows)}::jsonb) as shipped
    where not exists (select from retired_slugs where kind = 'game' and slug = shipped.game_id)
    on conflict (game_id) do update set
      name = excluded.name, aliases = excluded.aliases, release_year = excluded.release_year,
      genres = excluded.genres, platforms = excluded.platforms, modes = excluded.modes,
      max_party_size = excluded.max_party_size, popularity = excluded.popularity,
      ladder = excluded.ladder, roles = excluded.roles, steam_app_id = excluded.steam_app_id
    where games.edited_at is null`.execute(tx);
}

export async function upsertGenres(tx: Tx, genres: ShippedCatalogue['genres']): Promise<void> {
  const rows = genres.map(({ slug, name }) => ({ genre_id: slug, name }));
  await sql`
    insert into genres
    select * from jsonb_populate_recordset(null::genres, ${JSON.stringify(rows)}::jsonb) as shipped
    where not exists (select from retired_slugs where kind = 'genre' and slug = shipped.genre_id)
    on conflict (genre_id) do update set name = excluded.name
    where genres.edited_at is null`.execute(tx);
}

/** Nothing comes back when the slug is taken, or was once. */
export async function insertGame(tx: Tx, game: Insertable<Tables['games']>): Promise<GameRow | undefined> {
  if (await isRetired(tx, 'game', game.game_id)) return undefined;
  return tx
    .insertInto('games')
    .values(game)
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .$castTo<GameRow>()
    .executeTakeFirst();
}

/** Those of the games that exist; in the order of ids, so that two who lock the same ones cannot wait for each other. */
export const lockGames = (tx: Tx, gameIds: readonly string[]): Promise<GameRow[]> =>
  tx
    .selectFrom('games')
    .selectAll()
    .where('game_id', 'in', gameIds)
    .orderBy('game_id')
    .forUpdate()
    .$castTo<GameRow>()
    .execute();

/** Keeps a game from being merged or taken out until the transaction ends; others may do the same, and edit it. */
export const holdGame = (tx: Tx, gameId: string): Promise<GameRow | undefined> =>
  tx.selectFrom('games').selectAll().where('game_id', '=', gameId).forKeyShare().$castTo<GameRow>().executeTakeFirst();

export const findSuccessor = async (tx: Tx, gameId: string): Promise<string | undefined> => {
  const row = await tx
    .selectFrom('retired_slugs')
    .select('into_game_id')
    .where('kind', '=', 'game')
    .where('slug', '=', gameId)
    .executeTakeFirst();
  return row?.into_game_id ?? undefined;
};

export const updateGame = (tx: Tx, gameId: string, change: Updateable<Tables['games']>): Promise<GameRow> =>
  tx
    .updateTable('games')
    .set(change)
    .where('game_id', '=', gameId)
    .returningAll()
    .$castTo<GameRow>()
    .executeTakeFirstOrThrow();

export const deleteGame = (tx: Tx, gameId: string) => tx.deleteFrom('games').where('game_id', '=', gameId).execute();

/** Nothing comes back when the slug is taken, or was once. */
export async function insertGenre(tx: Tx, genre: Insertable<Tables['genres']>): Promise<GenreRow | undefined> {
  if (await isRetired(tx, 'genre', genre.genre_id)) return undefined;
  return tx
    .insertInto('genres')
    .values(genre)
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .$castTo<GenreRow>()
    .executeTakeFirst();
}

export const lockGenre = (tx: Tx, genreId: string): Promise<GenreRow | undefined> =>
  tx
    .selectFrom('genres')
    .selectAll()
    .where('genre_id', '=', genreId)
    .forUpdate()
    .$castTo<GenreRow>()
    .executeTakeFirst();

export const updateGenre = (tx: Tx, genreId: string, change: Updateable<Tables['genres']>): Promise<GenreRow> =>
  tx
    .updateTable('genres')
    .set(change)
    .where('genre_id', '=', genreId)
    .returningAll()
    .$castTo<GenreRow>()
    .executeTakeFirstOrThrow();

export const deleteGenre = (tx: Tx, genreId: string) =>
  tx.deleteFrom('genres').where('genre_id', '=', genreId).execute();

export async function hasGamesOfGenre(tx: Tx, genreId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('games')
    .select('game_id')
    .where(sql<boolean>`${genreId} = any(genres)`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What led to a merged game before leads to where it went. */
export async function retireSlug(tx: Tx, retired: Insertable<Tables['retired_slugs']>): Promise<void> {
  const { kind, slug, into_game_id } = retired;
  if (kind === 'game') {
    await tx.updateTable('retired_slugs').set({ into_game_id }).where('into_game_id', '=', slug).execute();
  }
  await tx.insertInto('retired_slugs').values(retired).execute();
}

/** The slugs of games that were merged into this one. */
export async function findSlugsInto(tx: Tx, gameId: string): Promise<string[]> {
  const rows = await tx.selectFrom('retired_slugs').select('slug').where('into_game_id', '=', gameId).execute();
  return rows.map(({ slug }) => slug);
}

async function isRetired(tx: Tx, kind: RetiredSlugRow['kind'], slug: string): Promise<boolean> {
  const row = await tx
    .selectFrom('retired_slugs')
    .select('slug')
    .where('kind', '=', kind)
    .where('slug', '=', slug)
    .executeTakeFirst();
  return row !== undefined;
}
