import { findProfiles } from '../queries.ts';
import { presentSearchProfile, type SearchProfile } from '../search-profile.ts';
import type { ProfilesTools } from '../tools.ts';
import { joinProfiles } from '../whole-profiles.ts';

/** Everybody but guests, whether they wrote a profile or not, in the order of ids, at most `limit` after the given id. */
export async function findSearchProfilesAfter(
  { db, accounts, games, clock }: ProfilesTools,
  accountId: string,
  limit: number,
): Promise<SearchProfile[]> {
  const people = await accounts.findPeopleAfter(db.read, accountId, limit);
  const accountIds = people.map((person) => person.accountId);
  const profiles = await findProfiles(db.read, accountIds);
  const now = clock.now();
  return joinProfiles(accountIds, people, profiles).map((whole) => presentSearchProfile(whole, games, now));
}
