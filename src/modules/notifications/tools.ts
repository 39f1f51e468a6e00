import type { Accounts } from '#modules/accounts/index.ts';
import type { Messenger } from '#modules/messenger/index.ts';
import type { Profiles } from '#modules/profiles/index.ts';
import type { Relationships } from '#modules/relationships/index.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Contact } from '#platform/contact-store.ts';
import type { Database } from '#platform/database.ts';
import type { Ids } from '#platform/ids.ts';
import type { Enqueue, Jobs } from '#platform/jobs.ts';
import type { Logger } from '#platform/logger.ts';
import type { Mailer } from '#platform/mail.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Cursors } from '#platform/paging.ts';

/** What the actions of this module work with. */
export type NotificationsTools = {
  readonly db: Database;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly enqueue: Enqueue;
  readonly bury: Jobs['bury'];
  readonly mailer: Mailer;
  /** What links in mail begin with. */
  readonly publicUrl: string;
  readonly accounts: Pick<Accounts, 'findAccounts' | 'findSessionRights' | 'findMailAddress'>;
  readonly profiles: Pick<Profiles, 'findCards' | 'findNames'>;
  readonly relationships: Pick<Relationships, 'findBlockedPairs'>;
  readonly messenger: Pick<
    Messenger,
    'takeNews' | 'findReaders' | 'findUnreaders' | 'findPushableChats' | 'countUnread'
  >;
  /** When the sockets of these sessions were heard, on whichever node. */
  findContacts(sessions: readonly { accountId: string; sessionId: string }[]): Promise<ReadonlyMap<string, Contact>>;
  readonly isPushOn: boolean;
};
