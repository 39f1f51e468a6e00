import type { AccountFacts } from '#modules/accounts/index.ts';
import { isSameAgeGroup } from '#modules/relationships/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { findApplicationsOf } from './queries/applications.ts';
import type { Team } from './tables.ts';
import type { PartiesTools } from './tools.ts';

/**
 * Those of the parties that somebody may see: one's own; and others as long as they are not over, or one has applied, when
 * the host may be met by strangers, everybody in it is of the viewer's age group, and no block stands between. Nobody has
 * checked the age that a guest names, so guests see adults.
 */
export async function filterVisible(
  { accounts, relationships }: PartiesTools,
  db: Queryable,
  actor: Pick<Actor, 'accountId' | 'role'>,
  teams: readonly Team[],
): Promise<Team[]> {
  const others = teams.filter(({ members }) => !members.some(({ account_id }) => account_id === actor.accountId));
  const peopleIds = [...new Set(others.flatMap(({ members }) => members.map(({ account_id }) => account_id)))];
  const [people, relations, applications] = await Promise.all([
    accounts.findAccounts(db, [actor.accountId, ...peopleIds]),
    relationships.findRelations(db, actor.accountId, peopleIds),
    findApplicationsOf(
      db,
      actor.accountId,
      others.map(({ party }) => party.party_id),
    ),
  ]);
  const byId = new Map(people.map((person) => [person.accountId, person]));
  const viewer = byId.get(actor.accountId);
  const applied = new Set(applications.map(({ party_id }) => party_id));
  const mayMeet = (accountId: string) => {
    const person = byId.get(accountId);
    return person !== undefined && relations.get(accountId) !== 'blocked' && isOfAge(viewer, actor, person);
  };
  const strangers = new Set(others);
  return teams.filter((team) => {
    if (!strangers.has(team)) return true;
    const { party, members } = team;
    const host = byId.get(party.host_id);
    return (
      (party.due_at !== null || applied.has(party.party_id)) &&
      host?.isActive === true &&
      !host.isHidden &&
      members.every(({ account_id }) => mayMeet(account_id))
    );
  });
}

function isOfAge(viewer: AccountFacts | undefined, { role }: Pick<Actor, 'role'>, person: AccountFacts): boolean {
  if (role === 'guest') return person.ageBand === '18_plus';
  return viewer !== undefined && isSameAgeGroup(viewer, person);
}
