import type { Accounts } from '#modules/accounts/index.ts';
import type { Media } from '#modules/media/index.ts';
import type { Relationships } from '#modules/relationships/index.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';
import type { TextRules } from '#platform/text-rules.ts';
import type { ChatLines } from './chat-lines.ts';
import type { Sends } from './sends.ts';

export type MessengerTools = {
  readonly db: Database;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly lines: ChatLines;
  readonly send: Sends;
  readonly accounts: Pick<Accounts, 'findAccounts' | 'findByUsername'>;
  readonly relationships: Pick<Relationships, 'findRelations' | 'findWhoMayWrite' | 'lockPair' | 'mayWrite'>;
  readonly media: Pick<Media, 'findUploads' | 'keep' | 'release' | 'findPrivatePictures'>;
  readonly textRules: TextRules;
};
