import type { Tx } from '#platform/database.ts';
import { profileChanged } from '../events.ts';
import { lockProfile, updateProfile } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

export type CardPart = 'avatar' | 'name' | 'texts';

/** Takes parts of a card off by a decision of moderators: the picture, the chosen name, or what its owner wrote. */
export async function resetCard(
  { media, clock, announce }: ProfilesTools,
  tx: Tx,
  accountId: string,
  parts: readonly CardPart[],
): Promise<void> {
  const now = clock.now();
  const { avatar_id: mediaId } = await lockProfile(tx, accountId, now);
  if (parts.includes('avatar') && mediaId !== null) await media.release(tx, [mediaId]);
  const change = {
    ...(parts.includes('avatar') && { avatar_id: null }),
    ...(parts.includes('name') && { display_name: null }),
    ...(parts.includes('texts') && { bio: null, looking_for: null, contacts: '[]' }),
  };
  await updateProfile(tx, accountId, change, now);
  await announce(tx, profileChanged, { accountId });
}
