import type { Tx } from '#platform/database.ts';
import { profileChanged } from '../events.ts';
import { deleteProfile } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

/** Erases what somebody said of himself when his account is gone; the search forgets it, and the picture is collected. */
export async function eraseProfile({ media, announce }: ProfilesTools, tx: Tx, accountId: string): Promise<void> {
  const profile = await deleteProfile(tx, accountId);
  if (!profile) return;
  if (profile.avatar_id !== null) await media.release(tx, [profile.avatar_id]);
  await announce(tx, profileChanged, { accountId });
}
