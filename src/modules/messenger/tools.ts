import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Queryable } from '#platform/database.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';
import type { ChatLines } from './chat-lines.ts';

export type MessengerTools = {
  readonly db: Database;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly lines: ChatLines;
  /** Whether `accountId` is somebody whom the caller may write to. */
  mayWriteTo(db: Queryable, callerId: string, accountId: string): Promise<boolean>;
};
