import type { Queryable } from '#platform/database.ts';
import { findRelationRows } from '../queries.ts';
import type { Relation } from '../relation.ts';

/** How each of the people stands to the viewer. */
export async function findRelations(
  db: Queryable,
  viewerId: string,
  accountIds: readonly string[],
): Promise<Map<string, Relation>> {
  const rows = await findRelationRows(db, viewerId, accountIds);
  const relations = new Map<string, Relation>(accountIds.map((accountId) => [accountId, 'stranger']));
  for (const { other_id, relation } of rows) {
    if (relations.get(other_id) !== 'blocked') relations.set(other_id, relation);
  }
  if (relations.has(viewerId)) relations.set(viewerId, 'self');
  return relations;
}
