import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { upsertPrivacy } from '../queries.ts';
import type { Privacy, PrivacyPatch } from '../schemas.ts';
import type { RelationshipsTools } from '../tools.ts';
import { getPrivacy } from './get-privacy.ts';

export async function updatePrivacy(
  tools: RelationshipsTools,
  actor: Actor,
  { whoMayWrite }: Static<typeof PrivacyPatch>,
): Promise<Static<typeof Privacy>> {
  if (whoMayWrite !== undefined) {
    await upsertPrivacy(tools.db.statement, { account_id: actor.accountId, who_may_write: whoMayWrite });
  }
  return getPrivacy(tools, actor);
}
