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
  const isFree = markHalfHours(slots);
  return days.flatMap((day, dayIndex) => {
    const first = dayIndex * HALF_HOURS_A_DAY;
    return findRuns(isFree.slice(first, first + HALF_HOURS_A_DAY)).map(([from, to]) => ({
      day,
      from: writeTime(from),
      to: writeTime(to),
    }));
  });
}

/**
 * Free hours of the UTC week, as the clocks of the zone stand in the week of `at`: daylight saving moves them, so whoever
 * keeps the result computes it again now and then. Ends that fall inside a UTC hour are rounded to the nearest, so half
 * hours and zones such as +05:45 change the total by at most an hour a slot; no slot rounds to nothing.
 */
export function weekHours(slots: readonly Slot[], timeZone: string, at: Date): WeekHours {
  const zone = zoneWeek(timeZone, at);
  const words: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  for (const run of joinAcrossSunday(findRuns(markHalfHours(slots)))) {
    for (const hour of hoursOfRun(run, zone)) {
      const word = hour >> 5;
      words[word] = ((words[word] ?? 0) | (1 << (hour & 31))) >>> 0;
    }
  }
  return words;
}

/** Half-hours from Monday 00:00, the end not included; may run past the end of the week. */
type Run = readonly [from: number, to: number];

function markHalfHours(slots: readonly Slot[]): boolean[] {
  const isFree = Array.from({ length: HALF_HOURS }, () => false);
  for (const { day, from, to } of slots) {
    const start = readTime(from);
    const end = readTime(to) > start ? readTime(to) : readTime(to) + HALF_HOURS_A_DAY;
    const midnight = days.indexOf(day) * HALF_HOURS_A_DAY;
    for (let i = start; i < end; i += 1) isFree[(midnight + i) % HALF_HOURS] = true;
  }
  return isFree;
}

function findRuns(isFree: readonly boolean[]): Run[] {
  const starts = isFree.flatMap((free, i) => (free && !isFree[i - 1] ? [i] : []));
  return starts.map((from) => {
    const length = isFree.slice(from).indexOf(false);
    return [from, length === -1 ? isFree.length : from + length];
  });
}

/** Sunday night goes on into Monday. */
function joinAcrossSunday(runs: readonly Run[]): readonly Run[] {
  const first = runs[0];
  const last = runs.at(-1);
  if (!first || !last || first === last || first[0] !== 0 || last[1] !== HALF_HOURS) return runs;
  return [...runs.slice(1, -1), [last[0], HALF_HOURS + first[1]]];
}

function hoursOfRun([from, to]: Run, zone: ZoneWeek): number[] {
  const startMs = zone.toUtcMs(from * HALF_HOUR_MS);
  const endMs = zone.toUtcMs(to * HALF_HOUR_MS);
  const start = Math.round(startMs / HOUR_MS);
  const end = Math.round(endMs / HOUR_MS);
  if (end <= start) return [toHourOfWeek(Math.floor(startMs / HOUR_MS))];
  return Array.from({ length: Math.min(end - start, HOURS) }, (_, i) => toHourOfWeek(start + i));
}

const toHourOfWeek = (hoursSinceEpoch: number): number => (((hoursSinceEpoch + EPOCH_HOUR) % HOURS) + HOURS) % HOURS;

const readTime = (time: string): number => Number(time.slice(0, 2)) * 2 + Number(time.slice(3)) / 30;

const writeTime = (halfHours: number): string =>
  `${String(halfHours >> 1).padStart(2, '0')}:${halfHours % 2 === 0 ? '00' : '30'}`;
