import { type GameStatistics, noGameStatistics } from './co-play.ts';
import type { FoundTeammate, SearchEngine, TeammateFit, TeammateQuery, TeammateResult } from './engine.ts';
import { passesFilters, type TeammateFilters } from './filters.ts';
import { mayMeet } from './may-meet.ts';
import type { SearchPlayer } from './player.ts';
import { reasonsFor } from './reasons.ts';
import {
  type Candidate,
  candidateOf,
  highestWithoutGames,
  partFractions,
  type ScoredPair,
  scorePair,
  shownScore,
} from './score.ts';
import { dayOf } from './standing.ts';
import { type Taste, tasteOf } from './taste.ts';
import { type RankingWeights, rankingWeights } from './weights.ts';
import { searchWidening } from './widening.ts';

/** Posting lists over whole player objects: plain and exact, good to about 100,000 people. */
export function createSimpleIndex(weights: RankingWeights = rankingWeights): SearchEngine {
  const everybody = new Map<string, Candidate>();
  const playersOfGame = new Map<string, Map<string, Candidate>>();
  let statistics = noGameStatistics;

  function upsert(player: SearchPlayer): void {
    remove(player.accountId);
    const candidate = candidateOf(player);
    everybody.set(player.accountId, candidate);
    for (const gameSlug of candidate.played.keys()) {
      let postings = playersOfGame.get(gameSlug);
      if (postings === undefined) playersOfGame.set(gameSlug, (postings = new Map()));
      postings.set(player.accountId, candidate);
    }
  }

  function remove(accountId: string): void {
    for (const gameSlug of everybody.get(accountId)?.played.keys() ?? [])
      playersOfGame.get(gameSlug)?.delete(accountId);
    everybody.delete(accountId);
  }

  function search(query: TeammateQuery): TeammateResult {
    const { viewer, limit } = query;
    const taste = tasteOf(viewer, query.filters.games, statistics, weights);
    const today = dayOf(query.now);
    const excluded = new Set(query.excluded);
    const best = (candidates: Iterable<Candidate>, filters: TeammateFilters): Scored[] => {
      const scored: Scored[] = [];
      for (const candidate of candidates) {
        if (excluded.has(candidate.player.accountId) || !mayMeet(viewer, candidate.player)) continue;
        if (!passesFilters(candidate, filters, today)) continue;
        scored.push({ candidate, scored: scorePair(viewer, taste, candidate, today, weights) });
      }
      return scored.toSorted(mostSuitableFirst).slice(0, limit);
    };

    const { found, widened } = searchWidening(query.filters, limit, (filters) => {
      if (filters.games.length > 0) return best(playersOf(filters.games), filters);
      const sharing = best(playersOf(taste.map(({ gameSlug }) => gameSlug)), filters);
      const last = sharing[limit - 1];
      const nobodyElse = last !== undefined && last.scored.units > highestWithoutGames(viewer, weights);
      return nobodyElse ? sharing : best(everybody.values(), filters);
    });
    return { rankingVersion: weights.rankingVersion, items: found.map((one) => present(viewer, taste, one)), widened };
  }

  function playersOf(gameSlugs: readonly string[]): Set<Candidate> {
    return new Set(gameSlugs.flatMap((gameSlug) => [...(playersOfGame.get(gameSlug)?.values() ?? [])]));
  }

  function present(viewer: SearchPlayer, taste: readonly Taste[], { candidate, scored }: Scored): FoundTeammate {
    return {
      accountId: candidate.player.accountId,
      score: shownScore(scored.units, weights),
      reasons: reasonsFor(viewer, taste, candidate, scored, weights),
    };
  }

  function explain(query: Omit<TeammateQuery, 'limit' | 'filters'>, accountId: string): TeammateFit | undefined {
    const { viewer, excluded } = query;
    const candidate = everybody.get(accountId);
    if (candidate === undefined || excluded.includes(accountId) || !mayMeet(viewer, candidate.player)) return undefined;
    const taste = tasteOf(viewer, [], statistics, weights);
    const scored = scorePair(viewer, taste, candidate, dayOf(query.now), weights);
    return {
      ...present(viewer, taste, { candidate, scored }),
      rankingVersion: weights.rankingVersion,
      parts: partFractions(scored.parts, weights),
    };
  }

  return {
    get size() {
      return everybody.size;
    },
    upsert,
    remove,
    setGameStatistics(next: GameStatistics) {
      statistics = next;
    },
    tidy() {},
    search,
    explain,
  };
}

interface Scored {
  readonly candidate: Candidate;
  readonly scored: ScoredPair;
}

function mostSuitableFirst(a: Scored, b: Scored): number {
  return b.scored.units - a.scored.units || (a.candidate.player.accountId < b.candidate.player.accountId ? -1 : 1);
}
