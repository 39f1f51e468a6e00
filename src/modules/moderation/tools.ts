import type { Accounts } from '#modules/accounts/index.ts';
import type { Games } from '#modules/games/index.ts';
import type { Media } from '#modules/media/index.ts';
import type { Messenger } from '#modules/messenger/index.ts';
import type { Parties } from '#modules/parties/index.ts';
import type { Profiles } from '#modules/profiles/index.ts';
import type { Ratings } from '#modules/ratings/index.ts';
import type { Relationships } from '#modules/relationships/index.ts';
import type { Audit } from '#platform/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Announce } from '#platform/events.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';
import type { DailyTally } from './daily-tally.ts';

/** What the actions of this module work with. */
export type ModerationTools = {
  readonly db: Database;
  readonly announce: Announce;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly accounts: Pick<
    Accounts,
    'findAccounts' | 'lockStanding' | 'setStanding' | 'keepOut' | 'resetUsername' | 'writeTo' | 'measureAccounts'
  >;
  readonly games: Pick<Games, 'findSuggestion' | 'refuseSuggestion'>;
  readonly relationships: Pick<Relationships, 'findRelations'>;
  readonly media: Pick<Media, 'findOwner' | 'findEvidencePictures' | 'keepAsEvidence' | 'letEvidenceGo'>;
  readonly profiles: Pick<Profiles, 'findReportedCard' | 'resetCard'>;
  readonly messenger: Pick<Messenger, 'findEvidence' | 'reviewMessage' | 'takeDownMessage' | 'resetChatInfo'>;
  readonly tally: DailyTally;
  readonly parties: Pick<Parties, 'findEvidence' | 'takeDownParty'>;
  readonly ratings: Pick<Ratings, 'findReceived' | 'removeRating'>;
};
