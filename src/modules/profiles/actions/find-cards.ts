import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { hasCard, mayReadCard } from '../card-policy.ts';
import { presentCard } from '../present.ts';
import type { Card } from '../schemas.ts';
import type { ProfilesTools } from '../tools.ts';
import { findAvatars, findWholeProfiles } from '../whole-profiles.ts';

/** Cards in the order of the ids; people whom the viewer may not see are left out. */
export async function findCards(
  tools: ProfilesTools,
  db: Queryable,
  viewer: Pick<Actor, 'accountId'>,
  accountIds: readonly string[],
  isReadable = mayReadCard,
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
    if (!person || !relation || !isReadable(person.account, relation)) return [];
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
  const [card] = await findCards(tools, db, viewer, [accountId], hasCard);
  return card;
}
