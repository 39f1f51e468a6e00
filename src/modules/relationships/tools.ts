import type { Accounts } from '#modules/accounts/index.ts';
import type { Games } from '#modules/games/index.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Tx } from '#platform/database.ts';
import type { Announce } from '#platform/events.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';
import type { TextRules } from '#platform/text-rules.ts';

/** What the actions of this module work with. */
export type RelationshipsTools = {
  readonly db: Database;
  readonly announce: Announce;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly textRules: TextRules;
  readonly accounts: Pick<Accounts, 'findAccounts'>;
  readonly games: Pick<Games, 'getGame'>;
  /** Called when the two block each other more or less than before, with the pair locked: what it does comes true with the block. */
  readonly onBlockChanged: (tx: Tx, accountId: string, otherId: string) => Promise<void>;
};
