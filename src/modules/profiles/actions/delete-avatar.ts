import type { Actor } from '#platform/actor.ts';
import { profileChanged } from '../events.ts';
import { lockProfile, updateProfile } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

/** Takes the avatar off; none is fine too. */
export async function deleteAvatar({ db, media, clock, announce }: ProfilesTools, { accountId }: Actor): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    const { avatar_id: mediaId } = await lockProfile(tx, accountId, now);
    if (mediaId === null) return;
    await media.release(tx, [mediaId]);
    await updateProfile(tx, accountId, { avatar_id: null }, now);
    await announce(tx, profileChanged, { accountId });
  });
}
