import type { Actor } from '#platform/actor.ts';
import { accessAnybody } from '../access.ts';
import { tooManyPeople } from '../errors.ts';
import { countListed, insertListed } from '../queries.ts';
import { MAX_HIDDEN } from '../schemas.ts';
import type { RelationshipsTools } from '../tools.ts';

/** "Not this one": the two no longer meet in the search. Nothing else changes and nobody is told. */
export async function hideUser(tools: RelationshipsTools, actor: Actor, userId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    await accessAnybody(tools, tx, actor, userId);
    const isNew = await insertListed(tx, 'hidden_people', actor.accountId, userId, tools.clock.now());
    if (isNew && (await countListed(tx, 'hidden_people', actor.accountId)) > MAX_HIDDEN) throw tooManyPeople();
  });
}
