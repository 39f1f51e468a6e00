import type { Static } from 'typebox';
import { userNotFound } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import { presentMyProfile } from '../present.ts';
import type { MyProfile } from '../schemas.ts';
import type { ProfilesTools } from '../tools.ts';
import { profileEtag } from '../versions.ts';
import { findAvatars, findWholeProfiles } from '../whole-profiles.ts';

/** The caller's profile and the tag of its version. */
export async function getMyProfile(
  tools: ProfilesTools,
  actor: Actor,
): Promise<{ etag: string; profile: Static<typeof MyProfile> }> {
  const [own] = await findWholeProfiles(tools, tools.db.read, [actor.accountId]);
  if (!own) throw userNotFound();
  const pictures = await findAvatars(tools, tools.db.read, [own]);
  return {
    etag: profileEtag(own.profile),
    profile: presentMyProfile(own.account, own.profile, own.games, tools.games, pictures),
  };
}
