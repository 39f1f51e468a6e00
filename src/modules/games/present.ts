import type { Game, Genre } from './schemas.ts';
import type { GameRow, GenreRow } from './tables.ts';

export const presentGame = (row: GameRow): Game => ({
  gameId: row.game_id,
  // The jsonb columns are written in this shape and nobody else writes them.
  name: row.name as Game['name'],
  aliases: row.aliases,
  ...(row.release_year !== null && { year: row.release_year }),
  genres: row.genres,
  platforms: row.platforms,
  modes: row.modes,
  ...(row.max_party_size !== null && { maxPartySize: row.max_party_size }),
  popularity: row.popularity,
  ladder: row.ladder as Game['ladder'],
  roles: row.roles as Game['roles'],
  ...(row.steam_app_id !== null && { steamAppId: row.steam_app_id }),
});

export const presentGenre = (row: GenreRow): Genre => ({ genreId: row.genre_id, name: row.name as Genre['name'] });
