import { commonCount } from './genres-part.ts';
import { ratingHundredths } from './may-meet.ts';
import { wholePlay } from './play-shares.ts';
import type { SearchPlayer } from './player.ts';
import type { Candidate, ScoredPair } from './score.ts';
import type { Taste } from './taste.ts';
import { overlapHours } from './week-hours.ts';
import { highestScore, type RankingWeights } from './weights.ts';

export const reasonKinds = [
  'shared_games',
  'near_games',
  'availability',
  'language',
  'region',
  'genres',
  'platform',
  'voice',
  'play_style',
  'rating',
  'recent_activity',
  'newcomer',
] as const;
export type ReasonKind = (typeof reasonKinds)[number];

/** One cause of a place in the list, as data; the client finds the words. */
export interface Reason {
  readonly kind: ReasonKind;
  /** 0..1: the part of the highest score that it brought. */
  readonly weight: number;
  /** `shared_games`: 0..1, the play time that both share; `availability`: none. */
  readonly share?: number;
  readonly games?: readonly string[];
  readonly genres?: readonly string[];
  readonly languages?: readonly string[];
  readonly platforms?: readonly string[];
  readonly region?: string;
  readonly hoursPerWeek?: number;
  readonly ratingMean?: number;
}

const gamesNamed = 5;

/** The parts that spoke for a candidate, largest first. What spoke against them (a crowd of requests) is never told. */
export function reasonsFor(
  viewer: SearchPlayer,
  taste: readonly Taste[],
  { player: candidate, played }: Candidate,
  { parts }: ScoredPair,
  weights: RankingWeights,
): Reason[] {
  const highest = highestScore(weights);
  const reasons: Reason[] = [];
  const add = (kind: ReasonKind, units: number, details: Omit<Reason, 'kind' | 'weight'>) => {
    if (units > 0) reasons.push({ kind, weight: units / highest, ...details });
  };

  const isPlayed = ({ gameSlug }: Taste) => (played.get(gameSlug)?.share ?? 0) > 0;
  const shared = taste.filter((game) => game.ownShare > 0 && isPlayed(game));
  const near = taste.filter((game) => game.ownShare === 0 && isPlayed(game));
  const playedTogether = ({ gameSlug, ownShare }: Taste) => Math.min(ownShare, played.get(gameSlug)?.share ?? 0);
  const sharedPlay = shared.reduce((sum, game) => sum + playedTogether(game), 0);
  if (shared.length > 0) {
    const games = shared.toSorted((a, b) => playedTogether(b) - playedTogether(a)).map(({ gameSlug }) => gameSlug);
    add('shared_games', parts.games, { share: Math.min(1, sharedPlay / wholePlay), games: games.slice(0, gamesNamed) });
  } else if (near.length > 0) {
    add('near_games', parts.games, { games: near.map(({ gameSlug }) => gameSlug).slice(0, gamesNamed) });
  }

  if (viewer.availability !== undefined && candidate.availability !== undefined) {
    add('availability', parts.time, { hoursPerWeek: overlapHours(viewer.availability, candidate.availability) });
  }
  add('language', parts.language, { languages: common(viewer.languages, candidate.languages) });
  if (candidate.region !== undefined) add('region', parts.region, { region: candidate.region });
  if (commonCount(viewer.genres, candidate.genres) > 0) {
    add('genres', parts.genres, { genres: common(viewer.genres, candidate.genres) });
  }
  add('platform', parts.platform, { platforms: common(viewer.platforms, candidate.platforms) });
  if (viewer.voice !== undefined && candidate.voice === viewer.voice) add('voice', parts.voice, {});
  add('play_style', parts.playStyle, {});
  if (candidate.ratingCount > 0) {
    add('rating', parts.rating, { ratingMean: ratingHundredths(candidate.ratingMean) / 100 });
  }
  if (candidate.showsPresence) add('recent_activity', parts.recency, {});
  add('newcomer', parts.newcomer, {});
  return reasons.toSorted((a, b) => b.weight - a.weight);
}

function common(a: readonly string[], b: readonly string[]): string[] {
  return a.filter((word) => b.includes(word));
}
