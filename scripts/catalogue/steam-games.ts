import type { Game, Genre, Mode, Platform } from './game.ts';
import { platforms } from './game.ts';
import { cleanName, foldName, slugify } from './names.ts';

export type SourceRow = Record<string, string>;

const minOwners = 20_000;
const minReviews = 100;
const maxGenres = 4;

const adultTags = ['Nudity', 'Sexual Content', 'Hentai'];
const notGames = ['Utilities', 'Education', 'Animation & Modeling', 'Web Publishing', 'Software Training'];
const notReleased = /\b(?:demo|beta|test server|dedicated server|oasis)\b/i;

const onlineModes = ['online_mp', 'online_coop', 'online_pvp', 'mmo', 'crossplay'];
const localModes = ['local_mp', 'local_coop', 'split'];
const genresAgainstOthers = new Set(
  'shooter battle-royale moba rts fighting racing sports card-game board-game vehicle-combat'.split(' '),
);

/** The games of the source that a player would search for, best known first; slugs and folded names are unique. */
export function selectSteamGames(
  rows: readonly SourceRow[],
  genres: readonly Genre[],
  droppedAppIds: ReadonlySet<number>,
): Game[] {
  const games = rows
    .filter((row) => isWanted(row) && !droppedAppIds.has(Number(row['appid'])))
    .map((row) => presentSteamGame(row, genres))
    .filter((game) => game.genres.length > 0)
    .toSorted((a, b) => b.popularity - a.popularity || (a.steamAppId ?? 0) - (b.steamAppId ?? 0));
  return withUniqueNames(games);
}

/** Popularity of a generated game, linear as everywhere: see data/catalogue/README.md. */
export function estimatePopularity(minOwnerCount: number, reviewCount: number): number {
  // About 40 owners a review is the usual rule of thumb; the mean of both keeps giveaways and bundles from ranking high.
  const owners = Math.sqrt(minOwnerCount * reviewCount * 40);
  // Figures of 2019: a game of that time must not outrank what is played today, which hand-made entries say.
  return Math.min(1_000_000, Math.round(owners / 400));
}

function isWanted(row: SourceRow): boolean {
  return (
    row['online'] === '1' &&
    Number(row['owners_min']) >= minOwners &&
    countReviews(row) >= minReviews &&
    isPlayedOnline(row) &&
    !list(row['tags']).some((tag) => adultTags.includes(tag)) &&
    !list(row['genres']).some((genre) => notGames.includes(genre)) &&
    !notReleased.test(row['name'] ?? '')
  );
}

function isPlayedOnline(row: SourceRow): boolean {
  const rowModes = list(row['modes']);
  if (rowModes.some((mode) => onlineModes.includes(mode))) return true;
  // Old pages say only "multi-player": beside split screen that usually means one sofa, so many players must vouch for it.
  const isLocalOnly = rowModes.some((mode) => localModes.includes(mode));
  return !isLocalOnly || Number(row['owners_min']) >= 200_000;
}

function presentSteamGame(row: SourceRow, genres: readonly Genre[]): Game {
  const name = cleanName(row['name'] ?? '');
  const gameGenres = mapGenres(row, genres);
  return {
    slug: slugify(name) || `steam-${row['appid']}`,
    name: { en: name },
    aliases: [],
    year: Number(row['year']),
    genres: gameGenres,
    platforms: list(row['platforms']).filter((platform): platform is Platform =>
      platforms.some((known) => known === platform),
    ),
    modes: mapModes(list(row['modes']), gameGenres),
    popularity: estimatePopularity(Number(row['owners_min']), countReviews(row)),
    steamAppId: Number(row['appid']),
  };
}

/** User tags say what players call a game; the shop's own broad genres count only where no tag says anything. */
function mapGenres(row: SourceRow, genres: readonly Genre[]): string[] {
  const byTag = matchGenres(list(row['tags']), genres, 'steamTags');
  const found = byTag.length > 0 ? byTag : matchGenres(list(row['genres']), genres, 'steamGenres');
  return found.slice(0, maxGenres);
}

function matchGenres(words: readonly string[], genres: readonly Genre[], key: 'steamTags' | 'steamGenres'): string[] {
  return [
    ...new Set(words.flatMap((word) => genres.filter((genre) => genre[key].includes(word)).map(({ slug }) => slug))),
  ];
}

function mapModes(words: readonly string[], gameGenres: readonly string[]): Mode[] {
  const isCoop = words.includes('coop') || words.includes('online_coop');
  const isMulti = words.includes('mp') || words.includes('online_mp');
  const isPvp =
    words.includes('online_pvp') ||
    (isMulti && (!isCoop || gameGenres.some((genre) => genresAgainstOthers.has(genre))) && !words.includes('mmo'));
  return [
    ...(isCoop ? (['co_op'] as const) : []),
    ...(isPvp ? (['pvp'] as const) : []),
    ...(words.includes('mmo') ? (['mmo'] as const) : []),
    ...(words.includes('crossplay') ? (['cross_platform'] as const) : []),
  ];
}

/** Of two games of one name the better known stays; of two names of one slug the lesser known gets its year added. */
function withUniqueNames(games: readonly Game[]): Game[] {
  const slugs = new Set<string>();
  const names = new Set<string>();
  return games.flatMap((game) => {
    const folded = foldName(game.name.en);
    if (names.has(folded)) return [];
    const slug = slugs.has(game.slug) ? `${game.slug}-${game.year}` : game.slug;
    if (slugs.has(slug)) return [];
    names.add(folded);
    slugs.add(slug);
    return [{ ...game, slug }];
  });
}

function countReviews(row: SourceRow): number {
  return Number(row['positive']) + Number(row['negative']);
}

function list(field: string | undefined): string[] {
  return (field ?? '').split(';').filter((word) => word !== '');
}
