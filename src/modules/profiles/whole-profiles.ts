import type { AccountFacts } from '#modules/accounts/index.ts';
import type { Queryable } from '#platform/database.ts';
import { defaultProfile } from './default-profile.ts';
import { findProfileGames, findProfiles } from './queries.ts';
import type { ProfileGameRow, ProfileRow } from './tables.ts';
import type { ProfilesTools } from './tools.ts';

export type WholeProfile = { account: AccountFacts; profile: ProfileRow; games: readonly ProfileGameRow[] };

/** People with their profiles and games, three queries for any number; who never wrote a profile has the default one. */
export async function findWholeProfiles(
  { accounts }: Pick<ProfilesTools, 'accounts'>,
  db: Queryable,
  accountIds: readonly string[],
): Promise<WholeProfile[]> {
  const [people, profiles, games] = await Promise.all([
    accounts.findAccounts(db, accountIds),
    findProfiles(db, accountIds),
    findProfileGames(db, accountIds),
  ]);
  return joinProfiles(people, profiles, games);
}

export function joinProfiles(
  people: readonly AccountFacts[],
  profiles: readonly ProfileRow[],
  games: readonly ProfileGameRow[],
): WholeProfile[] {
  const profilesById = new Map(profiles.map((profile) => [profile.account_id, profile]));
  const gamesById = Map.groupBy(games, ({ account_id }) => account_id);
  return people.map((account) => ({
    account,
    profile: profilesById.get(account.accountId) ?? defaultProfile(account.accountId, account.createdAt),
    games: gamesById.get(account.accountId) ?? [],
  }));
}
