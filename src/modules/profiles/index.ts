/**
 * Profiles own what a person says of himself: the card, the games played, weekly availability, contacts and who may see
 * them. The card policy stands in card-policy.ts. Offers: cards in batches, what the search indexes, bulk import, and
 * the place where ratings put their mean. Announces: profile changed. Listens to accounts: who is erased loses the profile;
 * to games: profiles follow merged games and forget deleted genres.
 */
import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import { findCards, findListedCards, findReportedCard } from './actions/find-cards.ts';
import { findNames, type PersonName } from './actions/find-names.ts';
import { findPresencePairs } from './actions/find-presence-pairs.ts';
import { findSearchProfilesAfter } from './actions/find-search-profiles-after.ts';
import { type ImportedProfile, importProfiles } from './actions/import-profiles.ts';
import { type CardPart, resetCard } from './actions/reset-card.ts';
import { setRating } from './actions/set-rating.ts';
import { createProfileExporter } from './exporter.ts';
import { profilesListeners } from './listeners.ts';
import { isAnyPlayed } from './queries.ts';
import { profilesRoutes } from './routes.ts';
import type { Card } from './schemas.ts';
import { presentSearchProfile, type SearchProfile } from './search-profile.ts';
import type { ProfilesTools } from './tools.ts';
import { findWholeProfiles } from './whole-profiles.ts';

export { LEAST_RATINGS_SHOWN } from './card-policy.ts';
export { profileChanged } from './events.ts';
export type { PlayedGameBody } from './schemas.ts';
export { Card, playLevels, playStyles, regions, voices } from './schemas.ts';
export { RATING_PRIOR_MEAN, type SearchProfile } from './search-profile.ts';
export type { ImportedProfile, PersonName };

export type Profiles = {
  routes: readonly Door[];
  /** What is held here about a person. */
  exporter: Exporter;
  listeners: readonly Listener[];
  /** Cards in the order of the ids; people whom the viewer may not see are left out. */
  findCards(
    db: Queryable,
    viewer: Pick<Actor, 'accountId'>,
    accountIds: readonly string[],
  ): Promise<Static<typeof Card>[]>;
  /** Only of those who may stand in a list of the search at this moment. */
  findListedCards: Profiles['findCards'];
  /** Also when one has blocked the other; of nobody, guests and who is gone there is none. */
  findReportedCard(
    db: Queryable,
    viewer: Pick<Actor, 'accountId'>,
    accountId: string,
  ): Promise<Static<typeof Card> | undefined>;
  /** Whoever looks at them must know of blocks itself. */
  findNames(db: Queryable, accountIds: readonly string[]): Promise<Map<string, PersonName>>;
  /** In the order of the ids; accounts that do not exist are left out, those that may not be found say so. */
  findSearchProfiles(db: Queryable, accountIds: readonly string[]): Promise<SearchProfile[]>;
  /** Everybody but guests, by ascending id, at most `limit` after the given one; an empty answer is the end. */
  findSearchProfilesAfter(accountId: string, limit: number): Promise<SearchProfile[]>;
  /** Those of the pairs whose viewer the account lets know whether it is online. */
  findPresencePairs<T extends { viewerId: string; accountId: string }>(
    db: Queryable,
    pairs: readonly T[],
  ): Promise<T[]>;
  /** Whether any of the games stands on a profile. */
  isAnyPlayed(db: Queryable, gameIds: readonly string[]): Promise<boolean>;
  importProfiles(tx: Tx, people: readonly ImportedProfile[]): Promise<void>;
  setRating(tx: Tx, accountId: string, rating: { mean?: number; count: number }): Promise<void>;
  /** Takes parts of a card off by a decision of moderators. */
  resetCard(tx: Tx, accountId: string, parts: readonly CardPart[]): Promise<void>;
};

export function createProfiles(tools: ProfilesTools): Profiles {
  return {
    routes: profilesRoutes(tools),
    exporter: createProfileExporter(tools),
    listeners: profilesListeners(tools),
    findCards: (db, viewer, accountIds) => findCards(tools, db, viewer, accountIds),
    findListedCards: (db, viewer, accountIds) => findListedCards(tools, db, viewer, accountIds),
    findReportedCard: (db, viewer, accountId) => findReportedCard(tools, db, viewer, accountId),
    findNames: (db, accountIds) => findNames(tools, db, accountIds),
    async findSearchProfiles(db, accountIds) {
      const people = await findWholeProfiles(tools, db, accountIds);
      const now = tools.clock.now();
      return people.map((person) => presentSearchProfile(person, tools.games, now));
    },
    findSearchProfilesAfter: (accountId, limit) => findSearchProfilesAfter(tools, accountId, limit),
    findPresencePairs: (db, pairs) => findPresencePairs(tools, db, pairs),
    isAnyPlayed,
    importProfiles,
    setRating: (tx, accountId, rating) => setRating(tools, tx, accountId, rating),
    resetCard: (tx, accountId, parts) => resetCard(tools, tx, accountId, parts),
  };
}
