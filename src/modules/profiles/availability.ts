import { type ZoneWeek, zoneWeek } from './zone-week.ts';

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];

/** Free time each week in the owner's own time: `from` 00:00..23:30, `to` 00:30..24:00, in steps of half an hour. */
export type Slot = { day: Day; from: string; to: string };

/** The week in UTC, Monday 00:00 first, one bit an hour: hour h is bit h % 32 of word h >> 5. */
export type WeekHours = readonly [number, number, number, number, number, number];

const HALF_HOURS_A_DAY = 48;
const HALF_HOURS = 7 * HALF_HOURS_A_DAY;
const HOURS = 168;
const HALF_HOUR_MS = 1_800_000;
const HOUR_MS = 3_600_000;
/** 1970-01-01 was a Thursday: three days after Monday. */
const EPOCH_HOUR = 72;

/**
 * The same time in its one canonical form: sorted from Monday, overlapping and touching slots joined. A slot that ends
 * at or before its beginning goes on past midnight, and is cut there.
 */
export function canonicalSlots(slots: readonly Slot[]): Slot[] {
  return findRuns(slots).flatMap(([from, to]) => cutAtMidnights(from, to));
}

/**
 * Free hours of the UTC week, as the clocks of the zone stand in the week of `at`: daylight saving moves them, so whoever
 * keeps the result computes it again now and then. Ends that fall inside a UTC hour are rounded to the nearest, so half
 * hours and zones such as +05:45 change the total by at most an hour a slot; no slot rounds to nothing.
 */
export function weekHours(slots: readonly Slot[], timeZone: string, at: Date): WeekHours {
  const zone = zoneWeek(timeZone, at);
  const words: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  for (const run of joinAcrossSunday(findRuns(slots))) {
    const [start, end] = hoursOfRun(run, zone);
    for (let sinceEpoch = start; sinceEpoch < end; sinceEpoch += 1) {
      const hour = toHourOfWeek(sinceEpoch);
      const word = hour >> 5;
      words[word] = ((words[word] ?? 0) | (1 << (hour & 31))) >>> 0;
    }
  }
  return words;
}

/** Half-hours from Monday 00:00, the end not included; may run past the end of the week. */
type Run = readonly [from: number, to: number];

/** Sorted, without overlaps or touches; what goes on past Sunday midnight begins the week. */
function findRuns(slots: readonly Slot[]): Run[] {
  const runs = slots.flatMap(toRuns).toSorted(([one], [other]) => one - other);
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && run[0] <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], run[1])];
    else joined.push(run);
  }
  return joined;
}

function toRuns({ day, from, to }: Slot): Run[] {
  const midnight = days.indexOf(day) * HALF_HOURS_A_DAY;
  const start = midnight + readTime(from);
  const sameDay = midnight + readTime(to);
  const end = sameDay > start ? sameDay : sameDay + HALF_HOURS_A_DAY;
  if (end <= HALF_HOURS) return [[start, end]];
  return [
    [start, HALF_HOURS],
    [0, end - HALF_HOURS],
  ];
}

function cutAtMidnights(from: number, to: number): Slot[] {
  const slots: Slot[] = [];
  for (let start = from; start < to; ) {
    const dayIndex = Math.floor(start / HALF_HOURS_A_DAY);
    const midnight = dayIndex * HALF_HOURS_A_DAY;
    const end = Math.min(to, midnight + HALF_HOURS_A_DAY);
    slots.push({ day: days[dayIndex] ?? 'mon', from: writeTime(start - midnight), to: writeTime(end - midnight) });
    start = end;
  }
  return slots;
}

/** Sunday night goes on into Monday. */
function joinAcrossSunday(runs: readonly Run[]): readonly Run[] {
  const first = runs[0];
  const last = runs.at(-1);
  if (!first || !last || first === last || first[0] !== 0 || last[1] !== HALF_HOURS) return runs;
  return [...runs.slice(1, -1), [last[0], HALF_HOURS + first[1]]];
}

/** In hours since 1970, the end not included. */
function hoursOfRun([from, to]: Run, zone: ZoneWeek): Run {
  const startMs = zone.toUtcMs(from * HALF_HOUR_MS);
  const endMs = zone.toUtcMs(to * HALF_HOUR_MS);
  const start = Math.round(startMs / HOUR_MS);
  const end = Math.round(endMs / HOUR_MS);
  const only = Math.floor(startMs / HOUR_MS);
  return end <= start ? [only, only + 1] : [start, Math.min(end, start + HOURS)];
}

const toHourOfWeek = (hoursSinceEpoch: number): number => (((hoursSinceEpoch + EPOCH_HOUR) % HOURS) + HOURS) % HOURS;

const readTime = (time: string): number => Number(time.slice(0, 2)) * 2 + Number(time.slice(3)) / 30;

const writeTime = (halfHours: number): string =>
  `${String(halfHours >> 1).padStart(2, '0')}:${halfHours % 2 === 0 ? '00' : '30'}`;
