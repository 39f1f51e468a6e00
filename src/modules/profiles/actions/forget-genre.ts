import type { Tx } from '#platform/database.ts';
import { genreForgettingPaused, profileChanged } from '../events.ts';
import { deleteGenreFromProfiles } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

const BATCH = 500;

/** Takes a genre that is no more off the profiles that have it. */
export async function forgetGenre({ clock, announce }: ProfilesTools, tx: Tx, genreId: string): Promise<void> {
  const accountIds = await deleteGenreFromProfiles(tx, genreId, BATCH, clock.now());
  for (const accountId of accountIds) await announce(tx, profileChanged, { accountId });
  if (accountIds.length === BATCH) await announce(tx, genreForgettingPaused, { genreId });
}
