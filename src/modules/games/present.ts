import type { Game, Genre } from './schemas.ts';
import type { GameRow, GenreRow } from './tables.ts';

export const presentGame = (row: GameRow): Game => ({
  gameId: row.game_id,
  name: row.name,
  aliases: [...new Set([...row.aliases, ...(row.merged_aliases ?? [])])],
  ...(row.release_year !== null && { year: row.release_year }),
  genres: row.genres,
  platforms: row.platforms,
  modes: row.modes,
  ...(row.max_party_size !== null && { maxPartySize: row.max_party_size }),
  popularity: row.popularity,
  ladder: row.ladder,
  roles: row.roles,
  ...(row.steam_app_id !== null && { steamAppId: row.steam_app_id }),
});

export const presentGenre = (row: GenreRow): Genre => ({ genreId: row.genre_id, name: row.name });
