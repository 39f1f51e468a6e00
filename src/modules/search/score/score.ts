import { gamesPart } from './games-part.ts';
import { commonCount, genresPart, genresWorth } from './genres-part.ts';
import { type PlayShare, playShares } from './play-shares.ts';
import type { SearchPlayer } from './player.ts';
import { type Standing, standingOf, standingUnits } from './standing.ts';
import type { Taste } from './taste.ts';
import { timePart } from './time-part.ts';
import { languagePart, platformPart, playStylePart, regionPart, voicePart } from './trait-parts.ts';
import { highestScore, type RankingWeights } from './weights.ts';

/**
 * S = Games + Time + Language + Region + Genres + Platform + Voice + PlayStyle + Standing, all in whole units (4096 a
 * point, about a thousand points in all), so that every engine that adds them up gets the same number.
 * Standing (rating, recency, a newcomer's boost, less what unanswered requests take) belongs to the candidate alone.
 */
export interface ScoreParts {
  readonly games: number;
  readonly time: number;
  readonly language: number;
  readonly region: number;
  readonly genres: number;
  readonly platform: number;
  readonly voice: number;
  readonly playStyle: number;
  readonly rating: number;
  readonly recency: number;
  readonly newcomer: number;
  /** Zero or less. */
  readonly flooded: number;
}

export interface ScoredPair {
  readonly units: number;
  readonly parts: ScoreParts;
}

/** A candidate with their shares of play by game, which are dear to compute anew for every viewer. */
export interface Candidate {
  readonly player: Omit<SearchPlayer, 'games'>;
  readonly played: ReadonlyMap<string, PlayShare>;
}

export function candidateOf(player: SearchPlayer): Candidate {
  return { player, played: new Map(playShares(player.games).map((share) => [share.gameSlug, share])) };
}

/** `today`: the UTC day number, see `dayOf`. */
export function scorePair(
  viewer: SearchPlayer,
  taste: readonly Taste[],
  { player: candidate, played }: Candidate,
  today: number,
  weights: RankingWeights,
): ScoredPair {
  const parts: ScoreParts = {
    games: gamesPart(taste, played),
    time: timePart(viewer.availability, candidate.availability, weights),
    language: languagePart(viewer.languages, candidate.languages, weights),
    genres: genresPart(
      genresWorth(viewer, weights),
      commonCount(viewer.genres, candidate.genres),
      viewer.genres.length,
      candidate.genres.length,
    ),
    region: regionPart(viewer.region, candidate.region, weights),
    platform: platformPart(viewer.platforms, candidate.platforms, weights),
    voice: voicePart(viewer.voice, candidate.voice, weights),
    playStyle: playStylePart(viewer.playStyle, candidate.playStyle, weights),
    ...standingParts(standingOf(candidate, today, weights), standingUnits(weights)),
  };
  return { units: Object.values(parts).reduce((sum, part) => sum + part, 0), parts };
}

/** The parts of a score as fractions of the highest. */
export function partFractions(parts: ScoreParts, weights: RankingWeights): ScoreParts {
  const fraction = (units: number) => units / highestScore(weights);
  return {
    games: fraction(parts.games),
    time: fraction(parts.time),
    language: fraction(parts.language),
    region: fraction(parts.region),
    genres: fraction(parts.genres),
    platform: fraction(parts.platform),
    voice: fraction(parts.voice),
    playStyle: fraction(parts.playStyle),
    rating: fraction(parts.rating),
    recency: fraction(parts.recency),
    newcomer: fraction(parts.newcomer),
    flooded: fraction(parts.flooded),
  };
}

/** 0..1, as clients see it. */
export function shownScore(units: number, weights: RankingWeights): number {
  return Math.min(1, units / highestScore(weights));
}

function standingParts({ rating, recency, newcomer, flooded }: Standing, step: number): Standing {
  return { rating: rating * step, recency: recency * step, newcomer: newcomer * step, flooded: flooded * step };
}
