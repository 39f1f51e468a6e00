import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCloseWords } from '../../src/modules/games/close-words.ts';

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

function isClose(asked: string, whole: string, most: number): boolean {
  const beginnings = Array.from({ length: whole.length + 1 }, (_, length) => whole.slice(0, length));
  return beginnings.some((beginning) => distanceByDefinition(asked, beginning) <= most);
}

test('finds what the definition calls close, and nothing else', () => {
  fc.assert(
    fc.property(word, fc.uniqueArray(word, { maxLength: 8 }), fc.integer({ min: 0, max: 3 }), (asked, words, most) => {
      const sorted = words.toSorted();
      const expected = sorted.flatMap((whole, place) => (isClose(asked, whole, most) ? [place] : []));
      expect(findCloseWords(sorted, asked, most)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
