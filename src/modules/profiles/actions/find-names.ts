import type { Queryable } from '#platform/database.ts';
import { defaultProfile } from '../default-profile.ts';
import { findProfiles } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

/** What somebody is called, and the clocks they live by. */
export type PersonName = { displayName: string; timeZone?: string };

/** By id, for whoever writes to many people at once; accounts that are not active and guests are left out. */
export async function findNames(
  { accounts }: Pick<ProfilesTools, 'accounts'>,
  db: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, PersonName>> {
  const [people, profiles] = await Promise.all([accounts.findAccounts(db, accountIds), findProfiles(db, accountIds)]);
  const byId = new Map(profiles.map((profile) => [profile.account_id, profile]));
  return new Map(
    people
      .filter(({ isActive, role }) => isActive && role !== 'guest')
      .map(({ accountId, username, createdAt }) => {
        const { display_name, time_zone } = byId.get(accountId) ?? defaultProfile(accountId, createdAt);
        return [accountId, { displayName: display_name ?? username, ...(time_zone && { timeZone: time_zone }) }];
      }),
  );
}
