import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { FileStore } from '#platform/files.ts';
import type { Ids } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import type { Inbox } from './inbox.ts';
import type { Links } from './links.ts';
import type { Pictures } from './pictures.ts';

/** What the actions of this module work with. */
export type MediaTools = {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly files: FileStore;
  readonly inbox: Inbox;
  /** Runs what holds a whole upload in memory, few at once. */
  readonly making: <T>(work: () => Promise<T>) => Promise<T>;
  readonly links: Links;
  readonly pictures: Pictures;
  /** Those of the files that something shows to the account now. */
  readonly findReadable: (accountId: string, mediaIds: readonly string[]) => Promise<ReadonlySet<string>>;
};
