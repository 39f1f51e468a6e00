import type { Accounts } from '#modules/accounts/index.ts';
import type { Relationships } from '#modules/relationships/index.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Queryable } from '#platform/database.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';
import type { TextRules } from '#platform/text-rules.ts';
import type { ChatLines } from './chat-lines.ts';
import type { Sends } from './sends.ts';
import type { Attachment } from './tables.ts';

/** What it must know of uploads. */
export type Uploads = {
  /** Which of the files are finished and belong to the account, as they are shown in a message. */
  findOwn(db: Queryable, accountId: string, mediaIds: readonly string[]): Promise<Attachment[]>;
};

export type MessengerTools = {
  readonly db: Database;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly lines: ChatLines;
  readonly send: Sends;
  readonly accounts: Pick<Accounts, 'findAccounts' | 'findByUsername'>;
  readonly relationships: Pick<Relationships, 'findRelations' | 'mayWrite'>;
  readonly uploads: Uploads;
  readonly textRules: TextRules;
};
