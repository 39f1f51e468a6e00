import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { profileChanged } from '../events.ts';
import { judgeTexts } from '../judge-texts.ts';
import { readProfilePatch } from '../profile-fields.ts';
import { lockProfile, updateProfile } from '../queries.ts';
import type { MyProfile, ProfilePatch } from '../schemas.ts';
import type { ProfilesTools } from '../tools.ts';
import { checkVersion } from '../versions.ts';
import { getMyProfile } from './get-my-profile.ts';

/** Changes the fields that the patch names. With `ifMatch`, only the version that the client has read. */
export async function updateMyProfile(
  tools: ProfilesTools,
  actor: Actor,
  patch: ProfilePatch,
  ifMatch: string | undefined,
): Promise<{ etag: string; profile: Static<typeof MyProfile> }> {
  const { change, hold } = await judgeTexts(tools, actor, readProfilePatch(patch, tools.games), patch);
  const now = tools.clock.now();
  await tools.db.transaction(async (tx) => {
    checkVersion(await lockProfile(tx, actor.accountId, now), ifMatch);
    if (Object.keys(change).length === 0) return;
    await updateProfile(tx, actor.accountId, change, now);
    await hold(tx);
    await tools.announce(tx, profileChanged, { accountId: actor.accountId });
  });
  return getMyProfile(tools, actor);
}
