import type { Static } from 'typebox';
import { inputFault } from '#platform/validation.ts';
import type { SavedFilters, TeammatesQuery } from './schemas.ts';
import { noFilters, type TeammateFilters } from './score/filters.ts';
import type { SearchTools } from './tools.ts';

type Query = Pick<Static<typeof TeammatesQuery>, 'online' | 'availableAt'> & Static<typeof SavedFilters>;
type Catalogue = SearchTools['games'];

/**
 * Turns a query into filters. A word that the catalogue does not know is a fault of the query, not an empty list. `at`:
 * where the query stands in the request.
 */
export function readFilters(catalogue: Catalogue, query: Query, at = '/query'): TeammateFilters {
  const { game = [], genre = [], voice, playStyle, minRating, online, availableAt } = query;
  // A merged game goes by its old id, too.
  const games = [...new Set(game.flatMap((slug) => catalogue.getGame(slug)?.gameId ?? []))];
  if (game.some((slug) => !catalogue.getGame(slug))) throw inputFault(`${at}/game`, 'enum', UNKNOWN_GAME);
  if (genre.some((slug) => !catalogue.isGenre(slug))) throw inputFault(`${at}/genre`, 'enum', UNKNOWN_GENRE);
  return {
    ...noFilters,
    games,
    genres: genre,
    languages: query.language ?? [],
    platforms: query.platform ?? [],
    regions: query.region ?? [],
    ageBands: query.ageBand ?? [],
    ...(voice && { voice }),
    ...(playStyle && { playStyle }),
    ...(minRating !== undefined && { minRating }),
    ...readRankSpan(catalogue, query, at),
    ...(online !== undefined && { isOnline: online }),
    ...(availableAt !== undefined && { availableAt: Date.parse(availableAt) }),
  };
}

/** Ranks are places on one game's ladder, so they make sense only with exactly one game. */
function readRankSpan(catalogue: Catalogue, { game = [], minRank, maxRank }: Query, at: string) {
  if (minRank === undefined && maxRank === undefined) return {};
  const [gameId, ...others] = game;
  if (gameId === undefined || others.length > 0) throw inputFault(`${at}/game`, 'required', ONE_GAME);
  const ladder = catalogue.getGame(gameId)?.ladder ?? [];
  const placeOf = (rank: string, name: string) => {
    const place = ladder.findIndex(({ slug }) => slug === rank);
    if (place < 0) throw inputFault(`${at}/${name}`, 'enum', UNKNOWN_RANK);
    return place;
  };
  const minRankIndex = minRank === undefined ? undefined : placeOf(minRank, 'minRank');
  const maxRankIndex = maxRank === undefined ? undefined : placeOf(maxRank, 'maxRank');
  if (minRankIndex !== undefined && maxRankIndex !== undefined && minRankIndex > maxRankIndex) {
    throw inputFault(`${at}/minRank`, 'range', EMPTY_SPAN);
  }
  return { ...(minRankIndex !== undefined && { minRankIndex }), ...(maxRankIndex !== undefined && { maxRankIndex }) };
}

const UNKNOWN_GAME = { en: 'names a game that is not in the catalogue', ru: 'называет игру, которой нет в каталоге' };
const UNKNOWN_GENRE = {
  en: 'names a genre that is not in the catalogue',
  ru: 'называет жанр, которого нет в каталоге',
};
const UNKNOWN_RANK = { en: "is not on this game's ladder", ru: 'нет среди рангов этой игры' };
const ONE_GAME = {
  en: 'name exactly one game with minRank or maxRank',
  ru: 'с minRank и maxRank назовите ровно одну игру',
};
const EMPTY_SPAN = { en: 'stands above maxRank', ru: 'выше maxRank' };
