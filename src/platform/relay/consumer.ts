import type { Happening } from '../events.ts';
import type { Position } from '../relay.ts';
import type { EventRow } from './queries.ts';

/** Somebody who reads the log at a place of their own. */
export type Consumer = {
  readonly name: string;
  /** The types of event that it reads the log for. */
  readonly types: ReadonlySet<string>;
  drain(): Promise<Progress>;
  /** Events ahead of it, of its types. */
  countWaiting(): Promise<number>;
};

/** `blocked`: events exist that a running transaction still hides, so look again soon. */
export type Progress = 'idle' | 'more' | 'blocked' | 'failed';

/** How many events this process has handled, so that waiting for all can tell whether there was anything. */
export type Tally = { handled: number };

/**
 * A consumer of rare events must not read the common ones of days again and again, nor keep them from being removed: once
 * it is so many transactions behind what it has seen to be empty, its place moves there.
 */
const LONG_WAY = 1_000n;

export const isLongWay = (from: Position, to: Position): boolean =>
  BigInt(to.transactionId) - BigInt(from.transactionId) > LONG_WAY;

/** How many events are read at once. */
export const BATCH = 200;

export const present = (row: EventRow): Happening => ({
  eventId: row.event_id,
  type: row.type,
  payload: row.payload,
  occurredAt: row.occurred_at,
});
