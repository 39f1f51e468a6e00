import type { Static } from 'typebox';
import type { Picture } from '#modules/media/index.ts';
import type { Actor } from '#platform/actor.ts';
import { unavailable } from '#platform/errors.ts';
import { profileChanged } from '../events.ts';
import { lockProfile, updateProfile } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

/** Squares, for lists, cards and the screen of one person. */
const SIZING = { edges: [64, 160, 320, 640], isSquare: true };

/** Makes the uploaded picture the caller's avatar; the one before is collected. */
export async function putAvatar(
  { db, media, clock, announce }: ProfilesTools,
  { accountId }: Actor,
  bytes: Buffer,
): Promise<Static<typeof Picture>> {
  const mediaId = await media.storePicture(accountId, bytes, SIZING);
  const now = clock.now();
  const pictures = await db.transaction(async (tx) => {
    const before = await lockProfile(tx, accountId, now);
    if (before.avatar_id !== null) await media.release(tx, [before.avatar_id]);
    await media.keep(tx, [mediaId]);
    await updateProfile(tx, accountId, { avatar_id: mediaId }, now);
    await announce(tx, profileChanged, { accountId });
    return media.findPictures(tx, [mediaId]);
  });
  const picture = pictures.get(mediaId);
  if (!picture) throw unavailable();
  return picture;
}
