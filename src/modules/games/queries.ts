import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { ShippedCatalogue } from './shipped-catalogue.ts';
import type { GameRow, GenreRow } from './tables.ts';

export const findGames = (db: Queryable): Promise<GameRow[]> =>
  db.selectFrom('games').selectAll().$castTo<GameRow>().execute();

export const findGenres = (db: Queryable): Promise<GenreRow[]> =>
  db.selectFrom('genres').selectAll().orderBy(sql`name->>'en'`).$castTo<GenreRow>().execute();

/** Locks the one row, so that of nodes that start together one loads and the others find it done. */
export async function lockFilesHash(tx: Tx): Promise<string> {
  const row = await tx.selectFrom('catalogue_loads').select('files_hash').forUpdate().executeTakeFirstOrThrow();
  return row.files_hash;
}

export const updateFilesHash = (tx: Tx, filesHash: string) =>
  tx.updateTable('catalogue_loads').set({ files_hash: filesHash }).execute();

/** Adds and refreshes; never removes, and never touches what staff edited. */
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
    select * from jsonb_populate_recordset(null::games, ${JSON.stringify(rows)}::jsonb)
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
    select * from jsonb_populate_recordset(null::genres, ${JSON.stringify(rows)}::jsonb)
    on conflict (genre_id) do update set name = excluded.name
    where genres.edited_at is null`.execute(tx);
}
