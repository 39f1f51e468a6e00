import { describe, expect, it } from 'vitest';
import { createPackedIndex } from '#modules/search/packed/packed-index.ts';
import { gatherGameStatistics } from '#modules/search/score/co-play.ts';
import { noFilters, type TeammateFilters } from '#modules/search/score/filters.ts';
import { benchNow, createPopulation } from '../../bench/synthetic-players.ts';
import { createBruteForce, rankedBy } from './brute-force.ts';

const people = 9000;
const population = createPopulation(11);

describe('the packed index over several blocks', { timeout: 60_000 }, () => {
  it.each([
    ['before it is tidied', false],
    ['after it is tidied', true],
  ])('gives the same as looking at everybody %s', (_, isTidied) => {
    const engine = createPackedIndex();
    const bruteForce = createBruteForce();
    for (let index = 0; index < people; index += 1) {
      for (const one of [engine, bruteForce]) one.upsert(population.player(index));
    }
    const statistics = gatherGameStatistics(bruteForce.players());
    for (const one of [engine, bruteForce]) one.setGameStatistics(statistics);
    if (isTidied) engine.tidy();
    const filters: Partial<TeammateFilters>[] = [
      {},
      {},
      { games: ['game-3'], minRankIndex: 8 },
      { regions: ['oceania'], platforms: ['switch'] },
      { isOnline: true },
    ];
    for (const [place, filter] of filters.entries()) {
      // Somebody changes their games, somebody leaves, somebody new comes.
      const changed = { ...population.player(people + place), accountId: population.player(place * 31).accountId };
      for (const one of [engine, bruteForce]) {
        one.upsert(changed);
        one.remove(population.player(place * 17 + 1).accountId);
        one.upsert(population.player(people + 100 + place));
      }
      const viewer = population.player(place * 997);
      const query = { viewer, filters: { ...noFilters, ...filter }, excluded: [], now: benchNow, limit: 50 };
      const expected = bruteForce.search(query);
      expect(expected.items.length).toBeGreaterThan(5);
      expect(rankedBy(engine, query)).toEqual(expected);
    }
  });
});
