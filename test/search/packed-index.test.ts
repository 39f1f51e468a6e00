import { describe, expect, it } from 'vitest';
import { createPackedIndex } from '#modules/search/packed/packed-index.ts';
import { packedLimits } from '#modules/search/packed/packed-players.ts';
import { compareWithBruteForce } from './equals-brute-force.ts';
import { idOf, playing, searchBy, somebody } from './people.ts';

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

  it('finds the best of a million who all play one game', () => {
    const index = createPackedIndex();
    const place = (at: number) => `00000000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`;
    const somewhere = somebody(place(0), { games: playing('go'), region: 'oceania' });
    for (let at = 0; at < 1_000_000; at += 1) index.upsert({ ...somewhere, accountId: place(at) });
    const near = [999_999, 500_000, 7].map(place);
    for (const accountId of near) index.upsert({ ...somewhere, accountId, region: 'cis' });
    index.tidy();
    const viewer = somebody(idOf('alice'), { games: playing('go'), region: 'cis' });
    const { items } = index.search(searchBy(viewer, { limit: 5 }));
    expect(items.map(({ accountId }) => accountId)).toEqual([...near.toReversed(), place(0), place(1)]);
  });
});
