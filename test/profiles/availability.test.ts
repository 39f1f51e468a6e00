import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalSlots, days, type Slot, type WeekHours, weekHours } from '../../src/modules/profiles/availability.ts';

const HOUR_MS = 3_600_000;
const winter = new Date('2026-01-14T12:00:00Z');

const writeTime = (halfHours: number) =>
  `${String(Math.floor(halfHours / 2)).padStart(2, '0')}:${halfHours % 2 === 0 ? '00' : '30'}`;
const anySlot = fc.record({
  day: fc.constantFrom(...days),
  from: fc.integer({ min: 0, max: 47 }).map(writeTime),
  to: fc.integer({ min: 1, max: 48 }).map(writeTime),
});
const wholeHourSlot = fc.record({
  day: fc.constantFrom(...days),
  from: fc.integer({ min: 0, max: 23 }).map((hour) => writeTime(hour * 2)),
  to: fc.integer({ min: 1, max: 24 }).map((hour) => writeTime(hour * 2)),
});
const zones = [
  'UTC',
  'Europe/Moscow',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];
const anyZone = fc.constantFrom(...zones);
const anyMoment = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });

const hoursOf = (week: WeekHours): number[] =>
  Array.from({ length: 168 }, (_, hour) => hour).filter((hour) => (((week[hour >> 5] ?? 0) >>> (hour & 31)) & 1) === 1);

/** Half-hours of the owner's week, by the definition. */
function halfHoursOf(slots: readonly Slot[]): Set<number> {
  const read = (time: string) => Number(time.slice(0, 2)) * 2 + (time.endsWith('30') ? 1 : 0);
  const all = new Set<number>();
  for (const { day, from, to } of slots) {
    let at = days.indexOf(day) * 48 + read(from);
    const end = days.indexOf(day) * 48 + read(to) + (read(to) <= read(from) ? 48 : 0);
    for (; at < end; at += 1) all.add(at % 336);
  }
  return all;
}

describe('canonical slots', () => {
  test('are the same time, sorted, apart from each other, within a day, and canonical already', () => {
    fc.assert(
      fc.property(fc.array(anySlot, { maxLength: 20 }), (slots) => {
        const canonical = canonicalSlots(slots);
        expect(halfHoursOf(canonical)).toEqual(halfHoursOf(slots));
        expect(canonicalSlots(canonical)).toEqual(canonical);
        expect(canonicalSlots(slots.toReversed())).toEqual(canonical);
        const keys = canonical.map(
          ({ day, from }) => days.indexOf(day) * 100 + Number(from.slice(0, 2)) + (from.endsWith('30') ? 0.5 : 0),
        );
        expect(keys).toEqual(keys.toSorted((a, b) => a - b));
        expect(canonical.every(({ from, to }) => from < to)).toBe(true);
      }),
    );
  });

  test('a slot past midnight is cut there', () => {
    expect(canonicalSlots([{ day: 'sun', from: '22:00', to: '02:00' }])).toEqual([
      { day: 'mon', from: '00:00', to: '02:00' },
      { day: 'sun', from: '22:00', to: '24:00' },
    ]);
  });
});

describe('hours of the UTC week', () => {
  test('in UTC, whole hours are themselves', () => {
    fc.assert(
      fc.property(fc.array(wholeHourSlot, { maxLength: 10 }), anyMoment, (slots, at) => {
        const expected = [...new Set([...halfHoursOf(slots)].map((half) => half >> 1))].toSorted((a, b) => a - b);
        expect(hoursOf(weekHours(slots, 'UTC', at))).toEqual(expected);
      }),
    );
  });

  test('in any zone the number of free hours stays, but for the hour that daylight saving takes or gives', () => {
    fc.assert(
      fc.property(fc.array(wholeHourSlot, { maxLength: 6 }), anyZone, anyMoment, (slots, zone, at) => {
        const free = halfHoursOf(slots);
        const hours = hoursOf(weekHours(slots, zone, at));
        const shift = hours.length - free.size / 2;
        expect(Math.abs(shift)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('moves with the offset: Moscow is UTC+3 all year', () => {
    fc.assert(
      fc.property(fc.array(wholeHourSlot, { maxLength: 6 }), anyMoment, (slots, at) => {
        const inUtc = hoursOf(weekHours(slots, 'UTC', at));
        const inMoscow = hoursOf(weekHours(slots, 'Europe/Moscow', at));
        expect(inMoscow).toEqual(inUtc.map((hour) => (hour + 165) % 168).toSorted((a, b) => a - b));
      }),
    );
  });

  test('is the same in every moment of one local week', () => {
    fc.assert(
      fc.property(fc.array(anySlot, { maxLength: 6 }), fc.integer({ min: 0, max: 167 }), (slots, hour) => {
        const monday = new Date('2026-06-01T00:00:00Z');
        const later = new Date(monday.getTime() + hour * HOUR_MS);
        expect(weekHours(slots, 'UTC', later)).toEqual(weekHours(slots, 'UTC', monday));
      }),
    );
  });

  test('a whole free week is all 168 hours in every zone, at every time of the year', () => {
    const always = days.map((day) => ({ day, from: '00:00', to: '24:00' }));
    fc.assert(
      fc.property(anyZone, anyMoment, (zone, at) => {
        expect(hoursOf(weekHours(always, zone, at)).length).toBeGreaterThanOrEqual(167);
      }),
    );
  });

  test.each([
    ['winter', '2026-01-14T12:00:00Z', 24 * 4 + 23],
    ['summer', '2026-07-15T12:00:00Z', 24 * 4 + 22],
    // Clocks go forward on Sunday 2026-03-29: Friday of that week is still winter.
    ['the week of the change', '2026-03-28T12:00:00Z', 24 * 4 + 23],
  ])('midnight of Friday in Berlin, %s', (_when, at, hour) => {
    // Saturday 00:00 to 01:00 by the clocks of Berlin is Friday in UTC.
    const slots: Slot[] = [{ day: 'sat', from: '00:00', to: '01:00' }];
    expect(hoursOf(weekHours(slots, 'Europe/Berlin', new Date(at)))).toEqual([hour]);
  });

  test('after the spring change, the Sunday of that week is by the new clocks; the skipped hour is not there', () => {
    const at = new Date('2026-03-28T12:00:00Z');
    const sunday = (from: string, to: string) => hoursOf(weekHours([{ day: 'sun', from, to }], 'Europe/Berlin', at));
    expect(sunday('20:00', '22:00')).toEqual([144 + 18, 144 + 19]);
    expect(sunday('01:00', '04:00')).toEqual([144, 144 + 1]);
  });

  test('half an hour and odd zones round to whole hours, and never to none', () => {
    const hours = (from: string, to: string, zone: string) =>
      hoursOf(weekHours([{ day: 'mon', from, to }], zone, winter));
    expect(hours('18:30', '19:00', 'UTC')).toEqual([18]);
    expect(hours('18:00', '22:00', 'Asia/Kolkata')).toEqual([13, 14, 15, 16]);
    expect(hours('18:00', '22:00', 'Asia/Kathmandu')).toEqual([12, 13, 14, 15]);
    expect(hours('00:00', '01:00', 'Asia/Tokyo')).toEqual([144 + 15]);
  });

  test('a zone that does not exist is an error', () => {
    expect(() => weekHours([], 'Mars/Olympus', winter)).toThrow(RangeError);
  });
});
