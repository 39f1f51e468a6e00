import { expect, test } from 'vitest';
import { createSample } from '#modules/search/worker/sample.ts';
import { createRandom } from '../helpers/random.ts';

test('a sample holds all while there is room, and then each with the same chance', () => {
  const few = createSample<number>(10);
  for (let item = 0; item < 5; item += 1) few.add(item);
  expect(few.items).toEqual([0, 1, 2, 3, 4]);

  const random = createRandom(1).next;
  const taken = Array.from({ length: 20 }, () => 0);
  for (let round = 0; round < 2_000; round += 1) {
    const sample = createSample<number>(5, random);
    for (let item = 0; item < 20; item += 1) sample.add(item);
    expect(new Set(sample.items).size).toBe(5);
    for (const item of sample.items) taken[item] = (taken[item] ?? 0) + 1;
  }
  // 500 expected, standard deviation 19.
  for (const count of taken) expect(Math.abs(count - 500)).toBeLessThan(100);
});
