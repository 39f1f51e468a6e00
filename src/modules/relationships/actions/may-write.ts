import type { Queryable } from '#platform/database.ts';
import { findWhoMayWrite } from '../queries.ts';
import { mayBegin } from '../request-rules.ts';
import type { RelationshipsTools } from '../tools.ts';
import { findRelations } from './find-relations.ts';

/** Whether one person may begin to write to another: both active, no block, and as the reader has settled it. */
export async function mayWrite(
  { accounts }: RelationshipsTools,
  db: Queryable,
  writerId: string,
  readerId: string,
): Promise<boolean> {
  const people = await accounts.findAccounts(db, [writerId, readerId]);
  const writer = people.find(({ accountId }) => accountId === writerId);
  const reader = people.find(({ accountId }) => accountId === readerId);
  if (!writer?.isActive || !reader?.isActive || reader.role === 'guest') return false;
  const relation = (await findRelations(db, writerId, [readerId])).get(readerId);
  if (relation === 'blocked') return false;
  return mayBegin(await findWhoMayWrite(db, readerId), relation === 'teammate', writer, reader);
}
