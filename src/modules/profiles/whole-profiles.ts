import type { AccountFacts } from '#modules/accounts/index.ts';
import type { Queryable } from '#platform/database.ts';
import { defaultProfile } from './default-profile.ts';
import { findProfiles } from './queries.ts';
import type { ProfileGameRow, ProfileRow, ProfileWithGamesRow } from './tables.ts';
import type { ProfilesTools } from './tools.ts';

export type WholeProfile = {
  account: AccountFacts;
  profile: ProfileRow;
  games: readonly ProfileGameRow[];
};

/** People with their profiles and games in the order of the ids, two queries for any number; who never wrote a profile has the default one. */
export async function findWholeProfiles(
  { accounts }: Pick<ProfilesTools, 'accounts'>,
  db: Queryable,
  accountIds: readonly string[],
): Promise<WholeProfile[]> {
  const [people, profiles] = await Promise.all([accounts.findAccounts(db, accountIds), findProfiles(db, accountIds)]);
  return joinProfiles(accountIds, people, profiles);
}

/** In the order of the ids; those of nobody are left out. */
export function joinProfiles(
  accountIds: readonly string[],
  people: readonly AccountFacts[],
  profiles: readonly ProfileWithGamesRow[],
): WholeProfile[] {
  const peopleById = new Map(people.map((person) => [person.accountId, person]));
  const profilesById = new Map(profiles.map((profile) => [profile.account_id, profile]));
  return accountIds.flatMap((accountId) => {
    const account = peopleById.get(accountId);
    if (!account) return [];
    const profile = profilesById.get(accountId);
    return [{ account, profile: profile ?? defaultProfile(accountId, account.createdAt), games: profile?.games ?? [] }];
  });
}

/** The avatars of people, by id of the picture, with links. */
export function findAvatars({ media }: Pick<ProfilesTools, 'media'>, db: Queryable, people: readonly WholeProfile[]) {
  const mediaIds = people.flatMap(({ profile }) => (profile.avatar_id === null ? [] : [profile.avatar_id]));
  return media.findPictures(db, mediaIds);
}
