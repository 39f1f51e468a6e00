import type { Clock } from '#platform/clock.ts';

export type FrozenClock = Clock & { advance(seconds: number): void };

/** Stands still unless a test moves it. Starts at the real moment, since PostgreSQL's own clock runs on. */
export function createFrozenClock(): FrozenClock {
  let now = Date.now();
  return {
    now: () => new Date(now),
    advance(seconds) {
      now += seconds * 1_000;
    },
  };
}
