import { findProfileGames, findProfilesAfter } from '../queries.ts';
import { presentSearchProfile, type SearchProfile } from '../search-profile.ts';
import type { ProfilesTools } from '../tools.ts';
import { joinProfiles } from '../whole-profiles.ts';

/** People who ever wrote a profile, in the order of ids, at most `limit` after the given id; fewer only at the end. */
export async function findSearchProfilesAfter(
  { db, accounts, games, relationships, clock }: ProfilesTools,
  accountId: string,
  limit: number,
): Promise<SearchProfile[]> {
  const profiles = await findProfilesAfter(db.read, accountId, limit);
  const accountIds = profiles.map(({ account_id }) => account_id);
  const [people, played, unanswered] = await Promise.all([
    accounts.findAccounts(db.read, accountIds),
    findProfileGames(db.read, accountIds),
    relationships.countUnanswered(db.read, accountIds),
  ]);
  const now = clock.now();
  return joinProfiles(accountIds, people, profiles, played).map((whole) =>
    presentSearchProfile(whole, games, unanswered.get(whole.account.accountId) ?? 0, now),
  );
}
