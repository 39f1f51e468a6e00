import { expect, test } from 'vitest';
import { isNight } from '#modules/search/quiet-hours.ts';

test.each([
  ['2026-11-24T21:59:59Z', 'UTC', false],
  ['2026-11-24T22:00:00Z', 'UTC', true],
  ['2026-11-24T00:00:00Z', 'UTC', true],
  ['2026-11-24T08:59:59Z', 'UTC', true],
  ['2026-11-24T09:00:00Z', 'UTC', false],
  // Summer and winter time of one place.
  ['2026-07-01T20:30:00Z', 'Europe/Berlin', true],
  ['2026-12-01T20:30:00Z', 'Europe/Berlin', false],
  ['2026-11-24T03:29:00Z', 'Asia/Kolkata', true],
  ['2026-11-24T03:30:00Z', 'Asia/Kolkata', false],
  ['2026-11-24T12:00:00Z', 'No/Where', false],
])('%s in %s: night %s', (at, timeZone, expected) => {
  expect(isNight(new Date(at), timeZone)).toBe(expected);
});
