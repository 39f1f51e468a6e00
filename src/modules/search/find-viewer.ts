import type { Actor } from '#platform/actor.ts';
import { unauthenticated } from '#platform/errors.ts';
import type { SearchPlayer } from './score/player.ts';
import { toPlayer } from './to-player.ts';
import type { SearchTools } from './tools.ts';

/**
 * The caller as the engine sees them, read fresh: their own change counts in their very next search. Nobody has checked
 * the age that a guest names, so a guest meets adults only.
 */
export async function findViewer({ profiles, db }: SearchTools, actor: Actor): Promise<SearchPlayer> {
  const [profile] = await profiles.findSearchProfiles(db.read, [actor.accountId]);
  if (!profile) throw unauthenticated();
  const { ageBand, ...viewer } = toPlayer(profile, 0);
  return actor.role === 'guest' || ageBand === undefined ? viewer : { ...viewer, ageBand };
}
