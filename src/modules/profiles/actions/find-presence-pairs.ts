import type { Queryable } from '#platform/database.ts';
import { mayRead } from '../card-policy.ts';
import type { ProfilesTools } from '../tools.ts';
import { findWholeProfiles } from '../whole-profiles.ts';

type Pair = { viewerId: string; accountId: string };

/** Those of the pairs whose viewer the account lets know whether it is online, by the rule of the card. */
export async function findPresencePairs<T extends Pair>(
  tools: ProfilesTools,
  db: Queryable,
  pairs: readonly T[],
): Promise<T[]> {
  const ids = [...new Set(pairs.flatMap(({ viewerId, accountId }) => [viewerId, accountId]))];
  const byViewer = Map.groupBy(pairs, ({ viewerId }) => viewerId);
  const byAccount = Map.groupBy(pairs, ({ accountId }) => accountId);
  const [people, relations] = await Promise.all([
    findWholeProfiles(tools, db, ids),
    // How two people stand to each other is the same from both sides: ask from the side where there are fewer.
    byViewer.size <= byAccount.size
      ? findEach(byViewer, (viewerId, own) =>
          relationsOf(
            viewerId,
            own.map(({ accountId }) => accountId),
          ),
        )
      : findEach(byAccount, (accountId, own) =>
          relationsOf(
            accountId,
            own.map(({ viewerId }) => viewerId),
          ),
        ),
  ]);
  const byId = new Map(people.map((person) => [person.account.accountId, person]));
  return pairs.filter(({ viewerId, accountId }) => {
    const viewer = byId.get(viewerId);
    const owner = byId.get(accountId);
    const relation = relations.get(`${viewerId} ${accountId}`) ?? relations.get(`${accountId} ${viewerId}`);
    if (!viewer || !owner || !relation) return false;
    return mayRead(owner.profile.presence_visibility, relation, viewer.account, owner.account);
  });

  function relationsOf(oneId: string, otherIds: readonly string[]) {
    return tools.relationships.findRelations(db, oneId, otherIds);
  }
}

async function findEach<V>(
  groups: ReadonlyMap<string, readonly Pair[]>,
  find: (id: string, pairs: readonly Pair[]) => Promise<ReadonlyMap<string, V>>,
): Promise<Map<string, V>> {
  const found = new Map<string, V>();
  for (const [id, pairs] of groups)
    for (const [otherId, value] of await find(id, pairs)) found.set(`${id} ${otherId}`, value);
  return found;
}
