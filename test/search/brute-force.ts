import { type GameStatistics, noGameStatistics } from '#modules/search/score/co-play.ts';
import type { SearchEngine, TeammateQuery } from '#modules/search/score/engine.ts';
import { passesFilters, type TeammateFilters } from '#modules/search/score/filters.ts';
import { mayMeet } from '#modules/search/score/may-meet.ts';
import type { SearchPlayer } from '#modules/search/score/player.ts';
import { candidateOf, scorePair, shownScore } from '#modules/search/score/score.ts';
import { dayOf } from '#modules/search/score/standing.ts';
import { tasteOf } from '#modules/search/score/taste.ts';
import { type RankingWeights, rankingWeights } from '#modules/search/score/weights.ts';

export interface Ranked {
  readonly accountId: string;
  readonly score: number;
}

/** Looks at everybody, every time, with nothing kept but the players: what every engine must agree with. */
export function createBruteForce(weights: RankingWeights = rankingWeights) {
  const players = new Map<string, SearchPlayer>();
  let statistics: GameStatistics = noGameStatistics;

  function rank({ viewer, filters, excluded, now, limit }: TeammateQuery): Ranked[] {
    const taste = tasteOf(viewer, filters.games, statistics, weights);
    const today = dayOf(now);
    return [...players.values()]
      .filter((player) => mayMeet(viewer, player) && !excluded.includes(player.accountId))
      .map(candidateOf)
      .filter((candidate) => passesFilters(candidate, filters, today))
      .map(({ player, played }) => ({
        accountId: player.accountId,
        ...scorePair(viewer, taste, { player, played }, today, weights),
      }))
      .filter(({ parts }) => !filters.needsCommonGame || taste.length === 0 || parts.games > 0)
      .toSorted((a, b) => b.units - a.units || (a.accountId < b.accountId ? -1 : 1))
      .slice(0, limit)
      .map(({ accountId, units }) => ({ accountId, score: shownScore(units, weights) }));
  }

  return {
    upsert: (player: SearchPlayer) => void players.set(player.accountId, player),
    remove: (accountId: string) => void players.delete(accountId),
    setGameStatistics: (next: GameStatistics) => void (statistics = next),
    players: () => [...players.values()],
    search(query: TeammateQuery): { items: Ranked[]; widened: string[] } {
      const widened: string[] = [];
      let filters = query.filters;
      let items = rank(query);
      for (const [soft, without] of widerAndWider) {
        if (query.isStrict || items.length >= Math.min(10, query.limit)) break;
        const wider = without(filters);
        if (wider === undefined) continue;
        filters = wider;
        widened.push(soft);
        items = rank({ ...query, filters });
      }
      return { items, widened };
    },
  };
}

/** An engine's answer in the same terms. */
export function rankedBy(engine: SearchEngine, query: TeammateQuery): { items: Ranked[]; widened: readonly string[] } {
  const { items, widened } = engine.search(query);
  return { items: items.map(({ accountId, score }) => ({ accountId, score })), widened };
}

const widerAndWider: [string, (filters: TeammateFilters) => TeammateFilters | undefined][] = [
  ['activity', ({ activeWithinDays, ...others }) => (activeWithinDays === undefined ? undefined : others)],
  ['region', (filters) => (filters.regions.length === 0 ? undefined : { ...filters, regions: [] })],
  ['platform', (filters) => (filters.platforms.length === 0 ? undefined : { ...filters, platforms: [] })],
  ['games', (filters) => (filters.needsCommonGame ? { ...filters, needsCommonGame: false } : undefined)],
];
