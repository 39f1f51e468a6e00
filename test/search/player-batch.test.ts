import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { noWishes } from '#modules/search/score/player.ts';
import { packBatch, unpackBatch } from '#modules/search/worker/player-batch.ts';
import { anyPlayer, idOf, somebody } from './people.ts';

test('players come out of a batch as they went in, on the other side of a clone too', () => {
  fc.assert(
    fc.property(fc.array(anyPlayer, { maxLength: 20 }), (players) => {
      expect(unpackBatch(structuredClone(packBatch(players)))).toEqual(players);
    }),
    { numRuns: 300 },
  );
});

test('what is absent stays absent, and nobody is a batch too', () => {
  const games = [{ gameSlug: 'go', level: 'main' as const, hoursPlayed: 0 }];
  const { availability: _, ...bob } = somebody(idOf('bob'), { games, wishes: { ...noWishes, minRating: 3 } });
  expect(unpackBatch(packBatch([bob]))).toStrictEqual([bob]);
  expect(unpackBatch(packBatch([]))).toEqual([]);
});
