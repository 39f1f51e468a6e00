import type { Accounts } from '#modules/accounts/index.ts';
import type { Games } from '#modules/games/index.ts';
import type { Messenger } from '#modules/messenger/index.ts';
import type { Profiles } from '#modules/profiles/index.ts';
import type { Relationships } from '#modules/relationships/index.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Announce } from '#platform/events.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';
import type { TextRules } from '#platform/text-rules.ts';

/** What the actions of this module work with. */
export type PartiesTools = {
  readonly db: Database;
  readonly announce: Announce;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly textRules: TextRules;
  readonly accounts: Pick<Accounts, 'findAccounts'>;
  readonly games: Pick<Games, 'getGame' | 'holdGame'>;
  readonly relationships: Pick<Relationships, 'findRelations'>;
  readonly profiles: Pick<Profiles, 'findCards'>;
  readonly messenger: Pick<
    Messenger,
    'openGroup' | 'admitToGroup' | 'dismissFromGroup' | 'renameGroup' | 'resetChatInfo'
  >;
};
