import { expect, test } from 'vitest';
import { noGameStatistics } from '#modules/search/score/co-play.ts';
import { scoreParty } from '#modules/search/score/party-score.ts';
import { fitsSlot } from '#modules/search/score/slot-fit.ts';
import { idOf, playing, somebody } from './people.ts';

const alice = somebody(idOf('alice'), { games: playing('go') });
const bob = somebody(idOf('bob'), { games: playing('go') });
const carol = somebody(idOf('carol'), { games: playing('chess') });
const now = { today: 20_000, milliseconds: 20_000 * 86_400_000 };
const team = { gameSlug: 'go', members: [bob], freeSlots: [{ index: 1 }], languages: [] };
const score = (changes: object) => scoreParty(alice, { ...team, ...changes }, undefined, noGameStatistics, now);

test('one cold member sinks a party', () => {
  expect(score({ members: [bob, carol] }).score).toBeLessThan(score({}).score);
  expect(score({ members: [bob, carol] }).score).toBeCloseTo(score({ members: [carol, bob] }).score, 10);
});

test('the wait costs a tenth at most, evenly up to a day', () => {
  const after = (hours: number) => score({ startsAt: now.milliseconds + hours * 3_600_000 }).score;
  expect(score({}).score).toBeCloseTo(after(0), 10);
  expect(after(0) - after(12)).toBeCloseTo(0.05, 10);
  expect(after(0) - after(24)).toBeCloseTo(0.1, 10);
  expect(after(24)).toBeCloseTo(after(48), 10);
});

test('what is asked for and not met costs its share of a fifth', () => {
  const russian = { ...alice, languages: ['ru'], platforms: ['windows'] };
  const at = (changes: object) => scoreParty(russian, { ...team, ...changes }, undefined, noGameStatistics, now).score;
  expect(at({}) - at({ languages: ['en'] })).toBeCloseTo(0.1 / 3, 10);
  expect(at({}) - at({ platform: 'mac', languages: ['en'] })).toBeCloseTo(0.2 / 3, 10);
  expect(at({}) - at({ freeSlots: [{ index: 1, minRankIndex: 3 }] })).toBeCloseTo(0.1, 10);
});

test.each([
  [{}, undefined, true],
  [{ role: 'mid' }, undefined, true],
  [{ role: 'mid' }, { roles: ['mid', 'carry'] }, true],
  [{ role: 'mid' }, { roles: ['carry'] }, false],
  [{ minRankIndex: 2 }, { roles: [], rankIndex: 2 }, true],
  [{ minRankIndex: 2 }, { roles: [], rankIndex: 1 }, false],
  [{ maxRankIndex: 2 }, { roles: [], rankIndex: 3 }, false],
  [{ maxRankIndex: 2 }, { roles: [] }, false],
])('the place %j for %j: %s', (wish, played, fits) => {
  expect(fitsSlot({ index: 0, ...wish }, played)).toBe(fits);
});
