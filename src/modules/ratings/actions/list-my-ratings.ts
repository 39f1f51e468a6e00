import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { presentReceived } from '../present.ts';
import { findReceived } from '../queries.ts';
import type { PageQuery, ReceivedRatingPage } from '../schemas.ts';
import type { RatingsTools } from '../tools.ts';

/** Ratings that the caller was given and may see, the latest first. */
export async function listMyRatings(
  { db, cursors, clock }: RatingsTools,
  { accountId }: Actor,
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof PageQuery>,
): Promise<Static<typeof ReceivedRatingPage>> {
  const purpose = `ratings:${accountId}`;
  const before = cursor === undefined ? undefined : cursors.open(purpose, Type.String(), cursor);
  const rows = await findReceived(db.read, accountId, clock.now(), before, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(presentReceived),
    ...(last && rows.length > limit && { nextCursor: cursors.seal(purpose, last.rating_id) }),
  };
}
