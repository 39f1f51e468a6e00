import type { WeekHours } from './player.ts';

const hourMs = 3_600_000;
const weekHours = 168;
/** 1970-01-01 was a Thursday: three days after Monday. */
const epochHour = 72;

export function weekOf(hours: Iterable<number>): WeekHours {
  const words: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  for (const hour of hours) {
    if (!Number.isInteger(hour) || hour < 0 || hour >= weekHours) throw new RangeError(`hour of week ${hour}`);
    const word = hour >> 5;
    words[word] = ((words[word] ?? 0) | (1 << (hour & 31))) >>> 0;
  }
  return words;
}

/** Hour of the UTC week, 0 = Monday 00:00, of a moment in milliseconds since 1970. */
export function hourOfWeek(atMs: number): number {
  const hour = (Math.floor(atMs / hourMs) + epochHour) % weekHours;
  return hour < 0 ? hour + weekHours : hour;
}

export function isAvailableAt(week: WeekHours, hour: number): boolean {
  return (((week[hour >> 5] ?? 0) >>> (hour & 31)) & 1) === 1;
}

/** Hours a week in which both have time. */
export function overlapHours(a: WeekHours, b: WeekHours): number {
  return (
    countBits(a[0] & b[0]) +
    countBits(a[1] & b[1]) +
    countBits(a[2] & b[2]) +
    countBits(a[3] & b[3]) +
    countBits(a[4] & b[4]) +
    countBits(a[5] & b[5])
  );
}

export function hoursInWeek(week: WeekHours): number {
  return overlapHours(week, week);
}

export function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
