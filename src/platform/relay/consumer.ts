import type { Happening } from '../events.ts';
import type { EventRow } from './queries.ts';

/** Somebody who reads the log at a place of their own. */
export type Consumer = {
  readonly name: string;
  drain(): Promise<Progress>;
  /** Events ahead of it that it will handle. */
  countWaiting(): Promise<number>;
  /** Moves its place in the database past what is not for it, or old events could never be removed. */
  passOver?(): Promise<void>;
};

/** `blocked`: events exist that a running transaction still hides, so look again soon. */
export type Progress = 'idle' | 'more' | 'blocked' | 'failed';

/** How many events this process has handled, so that waiting for all can tell whether there was anything. */
export type Tally = { handled: number };

/** How many events are read at once. */
export const BATCH = 200;

export const present = (row: EventRow): Happening => ({
  eventId: row.event_id,
  type: row.type,
  payload: row.payload,
  occurredAt: row.occurred_at,
});
