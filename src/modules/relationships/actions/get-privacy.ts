import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { findWhoMayWrite } from '../queries.ts';
import type { Privacy } from '../schemas.ts';
import type { RelationshipsTools } from '../tools.ts';

export async function getPrivacy({ db }: RelationshipsTools, { accountId }: Actor): Promise<Static<typeof Privacy>> {
  return { whoMayWrite: await findWhoMayWrite(db.read, accountId) };
}
