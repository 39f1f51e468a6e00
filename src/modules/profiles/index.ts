/**
 * Profiles own what a person says of himself: the card, the games played, weekly availability, contacts and who may see
 * them. The card policy stands in card-policy.ts. Offers: cards in batches, what the search indexes, bulk import, and
 * the place where ratings put their mean. Announces: profile changed. Listens to nobody.
 */
import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import { findCards } from './actions/find-cards.ts';
import { findNames, type PersonName } from './actions/find-names.ts';
import { findSearchProfilesAfter } from './actions/find-search-profiles-after.ts';
import { type ImportedProfile, importProfiles } from './actions/import-profiles.ts';
import { setRating } from './actions/set-rating.ts';
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
  /** Cards in the order of the ids; people whom the viewer may not see are left out. */
  findCards(
    db: Queryable,
    viewer: Pick<Actor, 'accountId'>,
    accountIds: readonly string[],
  ): Promise<Static<typeof Card>[]>;
  /** Whoever looks at them must know of blocks itself. */
  findNames(db: Queryable, accountIds: readonly string[]): Promise<Map<string, PersonName>>;
  /** In the order of the ids; accounts that do not exist are left out, those that may not be found say so. */
  findSearchProfiles(db: Queryable, accountIds: readonly string[]): Promise<SearchProfile[]>;
  /** All who ever wrote a profile, by ascending id, at most `limit` after the given one; an empty answer is the end. */
  findSearchProfilesAfter(accountId: string, limit: number): Promise<SearchProfile[]>;
  importProfiles(tx: Tx, people: readonly ImportedProfile[]): Promise<void>;
  setRating(tx: Tx, accountId: string, rating: { mean?: number; count: number }): Promise<void>;
};

export function createProfiles(tools: ProfilesTools): Profiles {
  return {
    routes: profilesRoutes(tools),
    findCards: (db, viewer, accountIds) => findCards(tools, db, viewer, accountIds),
    findNames: (db, accountIds) => findNames(tools, db, accountIds),
    async findSearchProfiles(db, accountIds) {
      const [people, unanswered] = await Promise.all([
        findWholeProfiles(tools, db, accountIds),
        tools.relationships.countUnanswered(db, accountIds),
      ]);
      const now = tools.clock.now();
      return people.map((person) =>
        presentSearchProfile(person, tools.games, unanswered.get(person.account.accountId) ?? 0, now),
      );
    },
    findSearchProfilesAfter: (accountId, limit) => findSearchProfilesAfter(tools, accountId, limit),
    importProfiles,
    setRating: (tx, accountId, rating) => setRating(tools, tx, accountId, rating),
  };
}
