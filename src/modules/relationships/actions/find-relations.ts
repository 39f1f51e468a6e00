import type { Queryable } from '#platform/database.ts';
import { findBlockedEitherWay, findTeammatesAmong } from '../queries.ts';
import type { Relation } from '../relation.ts';

/** How each of the people stands to the viewer. */
export async function findRelations(
  db: Queryable,
  viewerId: string,
  accountIds: readonly string[],
): Promise<Map<string, Relation>> {
  const [blocked, teammates] = await Promise.all([
    findBlockedEitherWay(db, viewerId, accountIds),
    findTeammatesAmong(db, viewerId, accountIds),
  ]);
  const relations = new Map<string, Relation>(accountIds.map((accountId) => [accountId, 'stranger']));
  for (const accountId of teammates) relations.set(accountId, 'teammate');
  for (const accountId of blocked) relations.set(accountId, 'blocked');
  if (relations.has(viewerId)) relations.set(viewerId, 'self');
  return relations;
}
