import { LRUCache } from 'lru-cache';

/** One week of one time zone: Monday to Sunday by its own clocks. */
export type ZoneWeek = {
  /**
   * The moment at which the clocks show so many milliseconds after Monday 00:00, may be past Sunday. A time that the
   * clocks skip in spring is the moment of the skip; one that they show twice in autumn is the first.
   */
  toUtcMs(msAfterMonday: number): number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

// Asking Intl is slow, and people share a few hundred zones: of each the week asked for last.
const known = new LRUCache<string, ZoneWeek>({ max: 1_000 });

/** The local week in which `at` falls. Throws RangeError for an unknown zone. */
export function zoneWeek(timeZone: string, at: Date): ZoneWeek {
  const atMs = at.getTime();
  const last = known.get(timeZone);
  if (last && last.toUtcMs(0) <= atMs && atMs < last.toUtcMs(WEEK_MS)) return last;
  const clock = createZoneClock(timeZone);
  const localMs = atMs + clock.offsetMs(atMs);
  const mondayMs = Math.floor((localMs - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS;
  const week = createZoneWeek(clock, mondayMs);
  known.set(timeZone, week);
  return week;
}

/** Clocks change at most once in the eight days around a week, in every zone of the IANA database since 1970. */
function createZoneWeek(clock: ZoneClock, mondayMs: number): ZoneWeek {
  const startMs = mondayMs - DAY_MS;
  const endMs = mondayMs + WEEK_MS + DAY_MS;
  const before = clock.offsetMs(startMs);
  const after = clock.offsetMs(endMs);
  const changeMs = before === after ? endMs : findChange(clock, startMs, endMs);
  return {
    toUtcMs(msAfterMonday) {
      const localMs = mondayMs + msAfterMonday;
      const byOldClock = localMs - before;
      return byOldClock < changeMs ? byOldClock : Math.max(localMs - after, changeMs);
    },
  };
}

/** The first moment of the new offset, to the second. */
function findChange(clock: ZoneClock, startMs: number, endMs: number): number {
  const before = clock.offsetMs(startMs);
  let [low, high] = [startMs, endMs];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (clock.offsetMs(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

type ZoneClock = { offsetMs(atMs: number): number };

const clocks = new LRUCache<string, ZoneClock>({ max: 500 });

function createZoneClock(timeZone: string): ZoneClock {
  const existing = clocks.get(timeZone);
  if (existing) return existing;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const clock: ZoneClock = {
    offsetMs(atMs) {
      const name = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
      const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
      const size = Number(hours) * HOUR_MS + Number(minutes) * 60_000;
      return sign === '-' ? -size : size;
    },
  };
  clocks.set(timeZone, clock);
  return clock;
}
