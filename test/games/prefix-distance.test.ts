import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prefixDistance } from '../../src/modules/games/prefix-distance.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });

/** Straight from the definition: the cheapest way to any beginning, each step tried. */
function distanceByDefinition(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const ways = [
    distanceByDefinition(a.slice(1), b) + 1,
    distanceByDefinition(a, b.slice(1)) + 1,
    distanceByDefinition(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
  ];
  if (a.length > 1 && a[0] === b[1] && a[1] === b[0]) ways.push(distanceByDefinition(a.slice(2), b.slice(2)) + 1);
  return Math.min(...ways);
}

test('equals the definition up to the most that is asked for', () => {
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (asked, whole, most) => {
      const beginnings = Array.from({ length: whole.length + 1 }, (_, length) => whole.slice(0, length));
      const expected = Math.min(...beginnings.map((beginning) => distanceByDefinition(asked, beginning)));
      expect(prefixDistance(asked, whole, most)).toBe(Math.min(expected, most + 1));
    }),
    { numRuns: 300 },
  );
});
