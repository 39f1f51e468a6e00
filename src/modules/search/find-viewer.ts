import type { Actor } from '#platform/actor.ts';
import { unauthenticated } from '#platform/errors.ts';
import type { SearchPlayer } from './score/player.ts';
import { toPlayer } from './to-player.ts';
import type { SearchTools } from './tools.ts';

/** The caller as the engine sees them, read fresh: their own change counts in their very next search. */
export async function findViewer({ profiles, db }: SearchTools, actor: Actor): Promise<SearchPlayer> {
  const [viewer] = await profiles.findSearchProfiles(db.read, [actor.accountId]);
  if (!viewer) throw unauthenticated();
  return toPlayer(viewer);
}
