import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherGameStatistics } from '#modules/search/score/co-play.ts';
import { noFilters } from '#modules/search/score/filters.ts';
import { createSimpleIndex } from '#modules/search/score/simple-index.ts';
import { createBruteForce, rankedBy } from './brute-force.ts';
import { anyPlayer, anyQuery, playing, searchBy, somebody } from './people.ts';

describe('the simple index', () => {
  it('gives the same people with the same scores as looking at everybody', () => {
    let comparisons = 0;
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 6, arbitrary: anyPlayer }, { weight: 1, arbitrary: fc.constant('remove') }), {
          minLength: 60,
          maxLength: 120,
        }),
        fc.array(anyQuery, { minLength: 5, maxLength: 5 }),
        (changes, queries) => {
          const index = createSimpleIndex();
          const bruteForce = createBruteForce();
          for (const change of changes) {
            if (typeof change === 'string') {
              const accountId = bruteForce.players()[0]?.accountId ?? 'nobody';
              index.remove(accountId);
              bruteForce.remove(accountId);
            } else {
              index.upsert(change);
              bruteForce.upsert(change);
            }
          }
          expect(index.size).toBe(bruteForce.players().length);
          for (const query of queries) {
            const expected = bruteForce.search(query);
            expect(rankedBy(index, query)).toEqual(expected);
            comparisons += 1;
            found += expected.items.length;
          }
          const statistics = gatherGameStatistics(bruteForce.players());
          index.setGameStatistics(statistics);
          bruteForce.setGameStatistics(statistics);
          for (const query of queries) expect(rankedBy(index, query)).toEqual(bruteForce.search(query));
        },
      ),
      { numRuns: 150 },
    );
    expect(comparisons).toBe(750);
    expect(found / comparisons).toBeGreaterThan(3);
  });

  it('finds whoever plays the same, most suitable first, and says why', () => {
    const index = createSimpleIndex();
    index.upsert(somebody('bob', { games: playing('dota-2', 'left-4-dead-2') }));
    index.upsert(somebody('carol', { games: playing('dota-2', 'chess', 'go', 'poker') }));
    index.upsert(somebody('dave', { games: playing('farming-simulator') }));

    const { items, rankingVersion } = index.search(
      searchBy(somebody('alice', { games: playing('dota-2', 'left-4-dead-2') })),
    );

    expect(items.map(({ accountId }) => accountId)).toEqual(['bob', 'carol', 'dave']);
    expect(items[0]?.reasons[0]).toMatchObject({ kind: 'shared_games', share: 1, games: ['dota-2', 'left-4-dead-2'] });
    expect(items[1]?.reasons[0]).toMatchObject({ kind: 'shared_games', games: ['dota-2'] });
    expect(items[2]?.reasons.map(({ kind }) => kind)).not.toContain('shared_games');
    expect(rankingVersion).not.toBe('');
  });

  it('breaks ties by account id', () => {
    const index = createSimpleIndex();
    for (const name of ['dave', 'bob', 'carol']) index.upsert(somebody(name, { games: playing('go') }));
    const { items } = index.search(searchBy(somebody('alice', { games: playing('go') })));
    expect(items.map(({ accountId }) => accountId)).toEqual(['bob', 'carol', 'dave']);
  });

  it('never shows the viewer, the excluded and those not to be found', () => {
    const index = createSimpleIndex();
    for (const name of ['alice', 'bob', 'carol']) index.upsert(somebody(name));
    index.upsert(somebody('dave', { isFindable: false }));
    const { items } = index.search(searchBy(somebody('alice'), { excluded: ['carol'] }));
    expect(items.map(({ accountId }) => accountId)).toEqual(['bob']);
  });

  it('forgets a removed player and follows a changed one at once', () => {
    const index = createSimpleIndex();
    index.upsert(somebody('bob', { games: playing('go') }));
    index.upsert(somebody('carol', { games: playing('go') }));
    index.upsert(somebody('bob', { games: playing('chess') }));
    index.remove('carol');
    const query = searchBy(somebody('alice'), { filters: { ...noFilters, games: ['go'] } });
    expect(index.search(query).items).toEqual([]);
    expect(index.size).toBe(1);
  });

  it('explains one pair, and refuses where the two may not meet', () => {
    const index = createSimpleIndex();
    index.upsert(somebody('bob', { games: playing('go') }));
    index.upsert(somebody('minor', { games: playing('go'), ageBand: '13_15' }));
    const viewer = somebody('alice', { games: playing('go') });
    const query = searchBy(viewer);

    const fit = index.explain(query, 'bob');

    const sum = Object.values(fit?.parts ?? {}).reduce((total, part) => total + part, 0);
    expect(fit?.score).toBeCloseTo(sum, 10);
    expect(fit?.score).toBe(index.search(query).items[0]?.score);
    expect(index.explain(query, 'minor')).toBeUndefined();
    expect(index.explain(query, 'nobody')).toBeUndefined();
    expect(index.explain({ ...query, excluded: ['bob'] }, 'bob')).toBeUndefined();
  });
});
