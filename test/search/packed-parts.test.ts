import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountKey, AccountTable, accountIdOf, accountKeyOf } from '#modules/search/packed/account-keys.ts';
import { BestList } from '#modules/search/packed/best-list.ts';
import { SetDictionary, WordDictionary } from '#modules/search/packed/word-dictionary.ts';

function keyOf(account: number): AccountKey {
  return [account & 3, 7, account >> 2, 9];
}

describe('account keys', () => {
  it('are the UUID, and back', () => {
    fc.assert(
      fc.property(fc.uuid(), (accountId) => {
        const key = accountKeyOf(accountId);
        expect(key).toBeDefined();
        if (key !== undefined) expect(accountIdOf(key)).toBe(accountId);
      }),
    );
  });

  it('are refused to anything else', () => {
    for (const text of ['', 'alice', '01900000-0000-7000-8000-00000000000G', '01900000_0000-7000-8000-000000000000']) {
      expect(accountKeyOf(text)).toBeUndefined();
    }
    expect(accountKeyOf('01900000-0000-7000-8000-0000000000é0')).toBeUndefined();
  });

  it('are found in the table through any story of insertions and deletions', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 40 }), fc.boolean()), { maxLength: 3000 }), (steps) => {
        const keys = new Uint32Array(64 * 4);
        const table = new AccountTable(keys);

        const places = new Map<number, number>();
        const free = Array.from({ length: 64 }, (_, place) => place);
        for (const [account, isThere] of steps) {
          const place = places.get(account);
          if (isThere && place === undefined) {
            const taken = free.pop() ?? 0;
            keys.set(keyOf(account), taken * 4);
            table.insert(taken);
            places.set(account, taken);
          } else if (!isThere && place !== undefined) {
            table.delete(keyOf(account));
            places.delete(account);
            free.push(place);
          }
        }
        for (let account = 0; account <= 40; account += 1) {
          expect(table.find(keyOf(account))).toBe(places.get(account));
        }
        expect(table.size).toBe(places.size);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the best list', () => {
  it('keeps the best, ties by the given order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 20 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 30 }),
        (units, limit) => {
          const list = new BestList(limit, (place, other) => place < other);
          for (const [place, value] of units.entries()) list.offer(place, value);
          const all = units.map((value, place) => ({ place, units: value }));
          const best = all.toSorted((a, b) => b.units - a.units || a.place - b.place).slice(0, limit);
          expect(list.sorted()).toEqual(best);
          const last = units.length < limit ? Number.NEGATIVE_INFINITY : best.at(-1)?.units;
          expect(list.threshold).toBe(last);
        },
      ),
    );
  });
});

describe('dictionaries', () => {
  it('give each word one number until they are full', () => {
    const words = new WordDictionary(2);
    expect(['go', 'chess', 'go', 'poker'].map((word) => words.idOf(word))).toEqual([0, 1, 0, undefined]);
    expect([words.find('chess'), words.find('poker')]).toEqual([1, undefined]);
  });

  it('know a set in any order', () => {
    const sets = new SetDictionary(2);
    expect(sets.idOf(['ru', 'en'])).toBe(sets.idOf(['en', 'ru']));
    expect(sets.idOf([])).toBe(1);
    expect(sets.idOf(['de'])).toBeUndefined();
    expect(sets.sets).toEqual([['en', 'ru'], []]);
  });
});
