import type { Actor } from '#platform/actor.ts';
import { profileChanged } from '../events.ts';
import { deleteProfileGames, lockProfile, updateProfile } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

/** Takes a game off the profile; one that is not there is fine too. */
export async function deleteProfileGame(tools: ProfilesTools, { accountId }: Actor, gameId: string): Promise<void> {
  const now = tools.clock.now();
  // A merged game goes by either id, whether or not this profile has been moved to the new one.
  const gameIds = [gameId, tools.games.getGame(gameId)?.gameId ?? gameId];
  await tools.db.transaction(async (tx) => {
    await lockProfile(tx, accountId, now);
    if (!(await deleteProfileGames(tx, accountId, gameIds))) return;
    await updateProfile(tx, accountId, {}, now);
    await tools.announce(tx, profileChanged, { accountId });
  });
}
