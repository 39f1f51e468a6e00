import { describe, expect, it } from 'vitest';
import { createPackedIndex } from '#modules/search/packed/packed-index.ts';
import { packedLimits } from '#modules/search/packed/packed-players.ts';
import { compareWithBruteForce } from './equals-brute-force.ts';

describe('the packed index', { timeout: 60_000 }, () => {
  it('gives the same people with the same scores as looking at everybody, taken out and put back as well', () => {
    const { comparisons, found } = compareWithBruteForce((weights) => createPackedIndex(weights), 600);
    expect(comparisons).toBeGreaterThan(15_000);
    expect(found / comparisons).toBeGreaterThan(2);
  });

  it('does so too when its dictionaries are too small', () => {
    const tight = { ...packedLimits, languageSets: 6, traits: 20, genres: 4, games: 7 };
    const { comparisons } = compareWithBruteForce((weights) => createPackedIndex(weights, tight), 250);
    expect(comparisons).toBeGreaterThan(6000);
  });
});
