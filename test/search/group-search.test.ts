import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPackedIndex } from '#modules/search/packed/packed-index.ts';
import { searchForGroup } from '#modules/search/score/group-search.ts';
import { createBruteForce } from './brute-force.ts';
import { anyPlayer, anyQuery, idOf, nameOf, playing, searchBy, somebody } from './people.ts';

describe('the search for a group', () => {
  it('prefers whom all suit to whom one suits perfectly', () => {
    const index = createPackedIndex();
    index.upsert(somebody(idOf('carol'), { games: playing('go', 'chess') }));
    index.upsert(somebody(idOf('dave'), { games: playing('go') }));
    const alice = somebody(idOf('alice'), { games: playing('go') });
    const bob = somebody(idOf('bob'), { games: playing('chess', 'go') });
    const found = searchForGroup(index, { ...searchBy(alice), members: [alice, bob] });
    expect(found.map(({ accountId }) => nameOf(accountId))).toEqual(['carol', 'dave']);
  });

  it('asks no common game of a member who never played the only game they name', () => {
    const index = createPackedIndex();
    // They suit bob better, so carol stands beyond what is read of his list at first.
    for (let place = 50; place < 55; place += 1) {
      index.upsert(somebody(`01900000-0000-7000-8000-0000000000${place}`, { games: playing('chess'), ratingMean: 5 }));
    }
    index.upsert(somebody(idOf('carol'), { games: playing('go'), ratingMean: 1 }));
    const alice = somebody(idOf('alice'), { games: playing('go') });
    const bob = somebody(idOf('bob'), { games: [{ gameSlug: 'darts', level: 'main', hoursPlayed: 0 }] });
    const found = searchForGroup(index, { ...searchBy(alice), members: [alice, bob], limit: 1 });
    expect(found.map(({ accountId }) => nameOf(accountId))).toEqual(['carol']);
  });

  it('is the least of what each member would see', { timeout: 30_000 }, () => {
    let found = 0;
    const story = fc.tuple(
      fc.array(anyPlayer, { minLength: 60, maxLength: 100 }),
      fc.array(anyPlayer, { minLength: 1, maxLength: 3 }),
      anyQuery,
    );
    fc.assert(
      fc.property(story, ([players, members, query]) => {
        const engine = createPackedIndex();
        const bruteForce = createBruteForce();
        for (const player of players) for (const index of [engine, bruteForce]) index.upsert(player);
        const excluded = [...query.excluded, ...members.map(({ accountId }) => accountId)];
        const lists = members.map(
          (viewer) => bruteForce.search({ ...query, viewer, excluded, limit: 1000, isStrict: true }).items,
        );
        const expected = (lists[0] ?? [])
          .flatMap(({ accountId }) => {
            const scores = lists.map((list) => list.find((one) => one.accountId === accountId)?.score);
            const known = scores.filter((score) => score !== undefined);
            return known.length < scores.length ? [] : [{ accountId, score: Math.min(...known) }];
          })
          .toSorted((a, b) => b.score - a.score || (a.accountId < b.accountId ? -1 : 1))
          .slice(0, query.limit);
        expect(searchForGroup(engine, { ...query, members })).toEqual(expected);
        found += expected.length;
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(150);
  });
});
