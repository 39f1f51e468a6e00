import type { Static } from 'typebox';
import type { Relation } from '#modules/relationships/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { hasCard, mayReadCard } from '../card-policy.ts';
import { presentCard } from '../present.ts';
import type { Card } from '../schemas.ts';
import { isFindable } from '../search-profile.ts';
import type { ProfilesTools } from '../tools.ts';
import { findAvatars, findWholeProfiles, type WholeProfile } from '../whole-profiles.ts';

/** Cards in the order of the ids; people whom the viewer may not see are left out. */
export async function findCards(
  tools: ProfilesTools,
  db: Queryable,
  viewer: Pick<Actor, 'accountId'>,
  accountIds: readonly string[],
  isShown: (person: WholeProfile, relation: Relation) => boolean = mayRead,
): Promise<Static<typeof Card>[]> {
  const [people, relations] = await Promise.all([
    findWholeProfiles(tools, db, [...new Set([viewer.accountId, ...accountIds])]),
    tools.relationships.findRelations(db, viewer.accountId, accountIds),
  ]);
  const byId = new Map(people.map((person) => [person.account.accountId, person]));
  const viewing = byId.get(viewer.accountId);
  if (!viewing) return [];
  const [pictures, online] = await Promise.all([findAvatars(tools, db, people), tools.presence.findOnline(accountIds)]);
  return accountIds.flatMap((accountId) => {
    const person = byId.get(accountId);
    const relation = relations.get(accountId);
    if (!person || !relation || !isShown(person, relation)) return [];
    return [
      presentCard(
        person.account,
        viewing.account,
        relation,
        person.profile,
        person.games,
        tools.games,
        pictures,
        online,
      ),
    ];
  });
}

/** Cards of those who may stand in a list of the search at this moment: an order that was fixed earlier knows nothing of it. */
export function findListedCards(
  tools: ProfilesTools,
  db: Queryable,
  viewer: Pick<Actor, 'accountId'>,
  accountIds: readonly string[],
): Promise<Static<typeof Card>[]> {
  const now = tools.clock.now();
  return findCards(
    tools,
    db,
    viewer,
    accountIds,
    (person, relation) => mayRead(person, relation) && isFindable(person.account, person.profile, now),
  );
}

/**
 * The card of somebody whom the viewer reports, as a stranger without contacts reads it when one has blocked the other:
 * nobody escapes a report by a block.
 */
export async function findReportedCard(
  tools: ProfilesTools,
  db: Queryable,
  viewer: Pick<Actor, 'accountId'>,
  accountId: string,
): Promise<Static<typeof Card> | undefined> {
  const [card] = await findCards(tools, db, viewer, [accountId], ({ account }) => hasCard(account));
  return card;
}

const mayRead = ({ account }: WholeProfile, relation: Relation) => mayReadCard(account, relation);
