import { deserialize, serialize } from 'node:v8';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { IndexDump, PackedIndex } from '#modules/search/packed/packed-index.ts';
import { gatherGameStatistics } from '#modules/search/score/co-play.ts';
import type { TeammateQuery } from '#modules/search/score/engine.ts';
import type { SearchPlayer } from '#modules/search/score/player.ts';
import type { RankingWeights } from '#modules/search/score/weights.ts';
import { createBruteForce, rankedBy } from './brute-force.ts';
import { accountIds, anyPlayer, anyQuery, anyWeights } from './people.ts';

type Step =
  | { readonly does: 'upsert'; readonly player: SearchPlayer }
  | { readonly does: 'remove'; readonly accountId: string }
  | { readonly does: 'search'; readonly query: TeammateQuery }
  | { readonly does: 'gather' }
  | { readonly does: 'tidy' }
  | { readonly does: 'reopen' };

const upsert = anyPlayer.map((player): Step => ({ does: 'upsert', player }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: upsert },
  { weight: 1, arbitrary: fc.constantFrom(...accountIds).map((accountId): Step => ({ does: 'remove', accountId })) },
  { weight: 8, arbitrary: anyQuery.map((query): Step => ({ does: 'search', query })) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ does: 'gather' }, { does: 'tidy' }, { does: 'reopen' }) },
);

/** Any story of changes and searches: the engine and the brute force must tell it alike. Gives what was compared. */
export function compareWithBruteForce(
  createEngine: (weights: RankingWeights) => PackedIndex,
  numRuns: number,
): { comparisons: number; found: number } {
  const told = { comparisons: 0, found: 0 };
  const story = fc.tuple(
    anyWeights,
    fc.array(upsert, { minLength: 40, maxLength: 80 }),
    fc.array(step, { minLength: 60, maxLength: 60 }),
  );
  fc.assert(
    fc.property(story, ([weights, first, then]) => {
      let engine = createEngine(weights);
      const bruteForce = createBruteForce(weights);
      for (const one of [...first, ...then]) {
        if (one.does === 'upsert') for (const index of [engine, bruteForce]) index.upsert(one.player);
        else if (one.does === 'remove') for (const index of [engine, bruteForce]) index.remove(one.accountId);
        else if (one.does === 'tidy') engine.tidy();
        else if (one.does === 'reopen') {
          const dump = deserialize(serialize(engine.dump())) as IndexDump;
          engine = createEngine(weights);
          engine.restore(dump);
          for (const { accountId, isOnline } of bruteForce.players()) engine.setOnline(accountId, isOnline);
        } else if (one.does === 'gather') {
          const statistics = gatherGameStatistics(bruteForce.players());
          for (const index of [engine, bruteForce]) index.setGameStatistics(statistics);
        } else {
          const expected = bruteForce.search(one.query);
          expect(rankedBy(engine, one.query)).toEqual(expected);
          told.comparisons += 1;
          told.found += expected.items.length;
        }
      }
      expect(engine.size).toBe(bruteForce.players().length);
    }),
    { numRuns },
  );
  return told;
}
