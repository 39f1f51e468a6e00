import { findProfilesAfter } from '../queries.ts';
import { presentSearchProfile, type SearchProfile } from '../search-profile.ts';
import type { ProfilesTools } from '../tools.ts';
import { joinProfiles } from '../whole-profiles.ts';

/** People who ever wrote a profile, in the order of ids, at most `limit` after the given id; fewer only at the end. */
export async function findSearchProfilesAfter(
  { db, accounts, games, clock }: ProfilesTools,
  accountId: string,
  limit: number,
): Promise<SearchProfile[]> {
  const profiles = await findProfilesAfter(db.read, accountId, limit);
  const accountIds = profiles.map(({ account_id }) => account_id);
  const people = await accounts.findAccounts(db.read, accountIds);
  const now = clock.now();
  return joinProfiles(accountIds, people, profiles).map((whole) => presentSearchProfile(whole, games, now));
}
