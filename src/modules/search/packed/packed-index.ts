import { type GameStatistics, noGameStatistics } from '../score/co-play.ts';
import type {
  FitQuery,
  FoundTeammate,
  SearchEngine,
  TeammateFit,
  TeammateQuery,
  TeammateResult,
} from '../score/engine.ts';
import { mayMeet } from '../score/may-meet.ts';
import type { SearchPlayer } from '../score/player.ts';
import { reasonsFor } from '../score/reasons.ts';
import { type Candidate, partFractions, scorePair, shownScore } from '../score/score.ts';
import { dayOf } from '../score/standing.ts';
import { type Taste, tasteOf } from '../score/taste.ts';
import { type RankingWeights, rankingWeights } from '../score/weights.ts';
import { searchWidening } from '../score/widening.ts';
import { searchBlocks } from './block-search.ts';
import { createFastestLoops } from './inner-loops.ts';
import { type PackedLimits, PackedPlayers, type PlayersDump, packedLimits } from './packed-players.ts';

export type PackedIndex = SearchEngine & {
  /** The whole index as plain data, for `restore` by the same version of the program. */
  dump(): IndexDump;
  /** Only into an index that has held nobody yet. Who is online must be told anew. */
  restore(dump: IndexDump): void;
};

export type IndexDump = { players: PlayersDump; statistics: GameStatistics };

/** The engine for millions of people: exact, in about a hundred and fifty bytes a player. Account ids must be UUIDs. */
export function createPackedIndex(
  weights: RankingWeights = rankingWeights,
  limits: PackedLimits = packedLimits,
): PackedIndex {
  const players = new PackedPlayers(weights, limits);
  const loops = createFastestLoops(players.hot);
  let statistics = noGameStatistics;

  function search(query: TeammateQuery): TeammateResult {
    const { viewer, filters, excluded, now, limit, explained = limit, isStrict = false } = query;
    const taste = tasteOf(viewer, filters.games, statistics, weights);
    const today = dayOf(now);
    players.turnTo(today);
    players.packStale();
    const restore = takeOut([viewer.accountId, ...excluded]);
    try {
      const { found, widened } = searchWidening(filters, isStrict ? 0 : limit, (asked) =>
        limit <= 0 ? [] : searchBlocks(players, loops, { viewer, taste, filters: asked, today, limit }, weights),
      );
      const wanted = wantedGames(taste);
      const items = found.map(({ place, units }, index) =>
        index < explained
          ? present(viewer, taste, players.unpack(place, wanted), units, today)
          : { accountId: players.accountIdAt(place), score: shownScore(units, weights), reasons: [] },
      );
      return { rankingVersion: weights.rankingVersion, items, widened };
    } finally {
      restore();
    }
  }

  /** Empties these rows for the time of one search, so that the loops need not ask about them. */
  function takeOut(accountIds: readonly string[]): () => void {
    const { words } = players.hot;
    const taken: [number, number][] = [];
    for (const accountId of accountIds) {
      const place = players.placeOf(accountId);
      if (place === undefined || words[place] === 0) continue;
      taken.push([place, words[place] ?? 0]);
      words[place] = 0;
    }
    return () => {
      for (const [place, word] of taken) players.hot.words[place] = word;
    };
  }

  function wantedGames(taste: readonly Taste[]): Set<number> {
    return new Set(taste.flatMap(({ gameSlug }) => players.games.find(gameSlug) ?? []));
  }

  function present(
    viewer: SearchPlayer,
    taste: readonly Taste[],
    candidate: Candidate,
    units: number,
    today: number,
  ): FoundTeammate {
    const scored = scorePair(viewer, taste, candidate, today, weights);
    return {
      accountId: candidate.player.accountId,
      score: shownScore(units, weights),
      reasons: reasonsFor(viewer, taste, candidate, scored, weights),
    };
  }

  function explain({ viewer, excluded, now, games = [] }: FitQuery, accountId: string): TeammateFit | undefined {
    const place = players.placeOf(accountId);
    if (place === undefined || !players.isShown(place) || excluded.includes(accountId)) return undefined;
    const candidate = players.unpack(place);
    if (!mayMeet(viewer, candidate.player)) return undefined;
    const taste = tasteOf(viewer, games, statistics, weights);
    const today = dayOf(now);
    const { units, parts } = scorePair(viewer, taste, candidate, today, weights);
    return {
      ...present(viewer, taste, candidate, units, today),
      rankingVersion: weights.rankingVersion,
      parts: partFractions(parts, weights),
    };
  }

  return {
    get size() {
      return players.size;
    },
    upsert: (player) => players.upsert(player),
    remove: (accountId) => players.remove(accountId),
    setOnline: (accountId, isOnline) => players.setOnline(accountId, isOnline),
    setGameStatistics(next: GameStatistics) {
      statistics = next;
    },
    tidy: () => players.tidy(),
    dump: () => ({ players: players.dump(), statistics }),
    restore(dump) {
      players.restore(dump.players);
      ({ statistics } = dump);
    },
    search,
    explain,
  };
}
