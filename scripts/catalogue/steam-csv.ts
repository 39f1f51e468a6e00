import { formatCsv, parseCsv } from './csv.ts';
import { type Game, modes, platforms } from './game.ts';

const columns = ['appid', 'slug', 'name', 'year', 'genres', 'platforms', 'modes', 'popularity'] as const;

/** The generated games as the text of `steam.csv`, by app id. */
export function formatSteamCsv(games: readonly Game[]): string {
  const rows = games
    .toSorted((a, b) => (a.steamAppId ?? 0) - (b.steamAppId ?? 0))
    .map((game) => ({
      appid: String(game.steamAppId),
      slug: game.slug,
      name: game.name.en,
      year: String(game.year),
      genres: game.genres.join(';'),
      platforms: game.platforms.join(';'),
      modes: game.modes.join(';'),
      popularity: String(game.popularity),
    }));
  return formatCsv(columns, rows);
}

export function parseSteamCsv(text: string): Game[] {
  return parseCsv(text).map((row) => ({
    slug: row['slug'] ?? '',
    name: { en: row['name'] ?? '' },
    aliases: [],
    year: Number(row['year']),
    genres: (row['genres'] ?? '').split(';'),
    platforms: platforms.filter((platform) => row['platforms']?.split(';').includes(platform)),
    modes: modes.filter((mode) => row['modes']?.split(';').includes(mode)),
    popularity: Number(row['popularity']),
    steamAppId: Number(row['appid']),
  }));
}
