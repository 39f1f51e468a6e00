import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageFits, mayMeet } from '#modules/search/score/may-meet.ts';
import { type AgeBand, noWishes, type SearchPlayer, type Wishes } from '#modules/search/score/player.ts';
import { anyPlayer, somebody } from './people.ts';

const alice = (facts: Partial<SearchPlayer> = {}) => somebody('alice', facts);
const bob = (facts: Partial<SearchPlayer> = {}) => somebody('bob', facts);
const wishing = (wishes: Partial<Wishes>) => ({ wishes: { ...noWishes, ...wishes } });

const meetByAge = (viewer: AgeBand | undefined, candidate: AgeBand | undefined) =>
  ageFits({ wishes: noWishes, ...(viewer === undefined ? {} : { ageBand: viewer }) }, candidate);

describe('who may meet', () => {
  it('keeps adults and minors apart', () => {
    const meets = [
      ['18_plus', '18_plus'],
      ['16_17', '16_17'],
      ['16_17', '13_15'],
      ['13_15', '13_15'],
      ['18_plus', '16_17'],
      ['18_plus', '13_15'],
    ] as const;
    expect(meets.map(([a, b]) => meetByAge(a, b))).toEqual([true, true, true, true, false, false]);
    expect(meets.map(([a, b]) => meetByAge(b, a))).toEqual([true, true, true, true, false, false]);
    expect([meetByAge(undefined, '18_plus'), meetByAge(undefined, '16_17')]).toEqual([true, false]);
    expect(meetByAge('18_plus', undefined)).toBe(false);
  });

  it('asks for a common language and a common platform, or crossplay on both sides', () => {
    expect(mayMeet(alice({ languages: ['ru', 'en'] }), bob({ languages: ['en'] }))).toBe(true);
    expect(mayMeet(alice({ languages: ['ru'] }), bob({ languages: ['en'] }))).toBe(false);
    expect(mayMeet(alice({ languages: ['ru'] }), bob())).toBe(true);
    const pc = alice({ platforms: ['pc'], acceptsCrossplay: true });
    expect(mayMeet(pc, bob({ platforms: ['xbox'] }))).toBe(false);
    expect(mayMeet(pc, bob({ platforms: ['xbox'], acceptsCrossplay: true }))).toBe(true);
    expect(mayMeet(pc, bob({ platforms: ['pc', 'xbox'] }))).toBe(true);
  });

  it.each<[string, Partial<Wishes>, Partial<SearchPlayer>, Partial<SearchPlayer>]>([
    ['language', { languages: ['de'] }, { languages: ['de', 'ru'] }, { languages: ['ru'] }],
    ['platform', { platforms: ['pc'] }, { platforms: ['pc'] }, { platforms: ['xbox'] }],
    ['age', { ageBands: ['18_plus'] }, { ageBand: '18_plus' }, { ageBand: '16_17' }],
    ['voice', { voice: 'yes' }, { voice: 'sometimes' }, { voice: 'no' }],
    ['silence', { voice: 'no' }, { voice: 'no' }, { voice: 'yes' }],
    ['rating', { minRating: 4 }, { ratingMean: 3.996 }, { ratingMean: 3.99 }],
  ])('honours the wish for %s from both sides', (_, wishes, fitting, unfitting) => {
    const wisher = wishing(wishes);
    expect(mayMeet(alice(wisher), bob(fitting))).toBe(true);
    expect(mayMeet(alice(fitting), bob(wisher))).toBe(true);
    expect(mayMeet(alice(wisher), bob(unfitting))).toBe(false);
    expect(mayMeet(alice(unfitting), bob(wisher))).toBe(false);
  });

  it('is mutual for people who can be found', () => {
    const findable = anyPlayer.map((player) => ({ ...player, isFindable: true, ageBand: player.ageBand ?? '18_plus' }));
    fc.assert(
      fc.property(findable, findable, (one, other) => {
        expect(mayMeet(one, other)).toBe(mayMeet(other, one));
      }),
      { numRuns: 500 },
    );
  });
});
