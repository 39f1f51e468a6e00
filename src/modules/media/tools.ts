import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { FileStore } from '#platform/files.ts';
import type { Ids } from '#platform/ids.ts';
import type { Links } from './links.ts';
import type { Pictures } from './pictures.ts';

/** What the actions of this module work with. */
export type MediaTools = {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly files: FileStore;
  readonly links: Links;
  readonly pictures: Pictures;
};
