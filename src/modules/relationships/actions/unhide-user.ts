import type { Actor } from '#platform/actor.ts';
import { deleteListed } from '../queries.ts';
import type { RelationshipsTools } from '../tools.ts';

export async function unhideUser({ db }: RelationshipsTools, { accountId }: Actor, userId: string): Promise<void> {
  await deleteListed(db.statement, 'hidden_people', accountId, userId);
}
