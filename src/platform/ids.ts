import { v7 } from 'uuid';
import type { Clock } from './clock.ts';

/** Makes UUIDv7 ids: sorted by time, made here because PostgreSQL has `uuidv7()` only from 18 on. */
export type Ids = { next(): string };

export const createIds = (clock: Clock): Ids => ({ next: () => v7({ msecs: clock.now().getTime() }) });
