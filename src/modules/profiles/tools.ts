import type { Accounts } from '#modules/accounts/index.ts';
import type { Games } from '#modules/games/index.ts';
import type { Media } from '#modules/media/index.ts';
import type { Relationships } from '#modules/relationships/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Announce } from '#platform/events.ts';
import type { PresenceStore } from '#platform/presence-store.ts';
import type { TextRules } from '#platform/text-rules.ts';

/** What the actions of this module work with. */
export type ProfilesTools = {
  readonly db: Database;
  readonly announce: Announce;
  readonly clock: Clock;
  readonly textRules: Pick<TextRules, 'judge' | 'hold'>;
  readonly accounts: Pick<Accounts, 'findAccounts' | 'findPeopleAfter' | 'findAccountByUsername'>;
  readonly games: Pick<Games, 'getGame' | 'holdGame' | 'isGenre'>;
  readonly media: Pick<Media, 'storePicture' | 'keep' | 'release' | 'findPictures'>;
  readonly presence: Pick<PresenceStore, 'findOnline'>;
  readonly relationships: Pick<Relationships, 'findRelations' | 'countUnanswered' | 'pageTeammates' | 'pageRequests'>;
};
