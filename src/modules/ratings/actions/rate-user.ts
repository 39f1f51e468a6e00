import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessRated, checkNotSelf, findPlay } from '../access.ts';
import { notPlayedTogether } from '../errors.ts';
import { ratingChanged, ratingRevealed } from '../events.ts';
import { presentGiven } from '../present.ts';
import { findRating, insertRating, lockPair, updateRating } from '../queries.ts';
import { recount } from '../recount.ts';
import type { GivenRating, RatingBody } from '../schemas.ts';
import type { RatingsTools } from '../tools.ts';

const HIDDEN_MS = 7 * 86_400_000;

/**
 * Gives a rating or changes the one given. Neither side sees the other's before both gave theirs or a week has passed, so
 * that nobody answers a rating with a rating. One that a moderator removed can be changed and stays removed.
 */
export async function rateUser(
  tools: RatingsTools,
  actor: Actor,
  userId: string,
  body: RatingBody,
): Promise<Static<typeof GivenRating>> {
  const { accountId } = actor;
  checkNotSelf(actor, userId);
  const now = tools.clock.now();
  const stars = { ...body, tags: [...new Set(body.tags)], updated_at: now };
  return tools.db.transaction(async (tx) => {
    // First, so that a block is seen here or comes after the rating.
    await tools.relationships.lockPair(tx, accountId, userId);
    await accessRated(tools, tx, actor, userId);
    const { mayRate, partyId } = await findPlay(tools, tx, accountId, userId);
    if (!mayRate) throw notPlayedTogether();
    await lockPair(tx, accountId, userId);
    const mine = await findRating(tx, accountId, userId);
    const theirs = await findRating(tx, userId, accountId);
    const given = mine
      ? await updateRating(tx, mine.rating_id, { ...stars, party_id: mine.party_id ?? partyId })
      : await insertRating(tx, {
          ...stars,
          rating_id: tools.ids.next(),
          rater_id: accountId,
          rated_id: userId,
          party_id: partyId,
          given_at: now,
          revealed_at: theirs ? now : new Date(now.getTime() + HIDDEN_MS),
        });
    const isRevealing = theirs !== undefined && theirs.revealed_at > now;
    if (isRevealing) await updateRating(tx, theirs.rating_id, { revealed_at: now });
    const changed = isRevealing ? [accountId, userId] : [userId];
    // In one order everywhere: two transactions never wait for each other.
    for (const ratedId of changed.toSorted((a, b) => (a < b ? -1 : 1))) await recount(tools, tx, ratedId);
    await tools.announce(tx, ratingChanged, { raterId: accountId, ratedId: userId });
    const revealed = [...(theirs && !mine ? [given] : []), ...(isRevealing ? [theirs] : [])];
    for (const { rating_id: ratingId, rater_id: raterId, rated_id: ratedId } of revealed)
      await tools.announce(tx, ratingRevealed, { ratingId, raterId, ratedId });
    return presentGiven(given, now);
  });
}
