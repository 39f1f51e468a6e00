import type { Actor } from '#platform/actor.ts';
import { profileChanged } from '../events.ts';
import { deleteProfileGame as deleteGame, lockProfile, updateProfile } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

/** Takes a game off the profile; one that is not there is fine too. */
export async function deleteProfileGame(tools: ProfilesTools, { accountId }: Actor, gameId: string): Promise<void> {
  const now = tools.clock.now();
  await tools.db.transaction(async (tx) => {
    await lockProfile(tx, accountId, now);
    if (!(await deleteGame(tx, accountId, gameId))) return;
    await updateProfile(tx, accountId, {}, now);
    await tools.announce(tx, profileChanged, { accountId });
  });
}
