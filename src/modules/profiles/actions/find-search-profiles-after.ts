import { defaultProfile } from '../default-profile.ts';
import { findSearchedGames, findSearchedProfiles } from '../queries.ts';
import { presentSearchProfile, type SearchProfile } from '../search-profile.ts';
import type { ProfilesTools } from '../tools.ts';

/** Everybody but guests, whether they wrote a profile or not, in the order of ids, at most `limit` after the given id. */
export async function findSearchProfilesAfter(
  { db, accounts, games, clock }: ProfilesTools,
  after: string,
  limit: number,
): Promise<SearchProfile[]> {
  const people = await accounts.findPeopleAfter(db.read, after, limit);
  const last = people.at(-1)?.accountId;
  if (last === undefined) return [];
  const [profiles, played] = await Promise.all([
    findSearchedProfiles(db.read, after, last),
    findSearchedGames(db.read, after, last),
  ]);
  const profilesById = new Map(profiles.map((profile) => [profile.account_id, profile]));
  const now = clock.now();
  return people.map((account) => {
    const { accountId, createdAt } = account;
    const profile = profilesById.get(accountId) ?? defaultProfile(accountId, createdAt);
    return presentSearchProfile({ account, profile, games: played.get(accountId) ?? [] }, games, now);
  });
}
