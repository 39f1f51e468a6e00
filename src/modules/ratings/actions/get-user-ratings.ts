import type { Static } from 'typebox';
import { LEAST_RATINGS_SHOWN } from '#modules/profiles/index.ts';
import type { Actor } from '#platform/actor.ts';
import { accessRated, findPlay } from '../access.ts';
import { presentGiven } from '../present.ts';
import { findRating } from '../queries.ts';
import type { UserRatings } from '../schemas.ts';
import type { RatingsTools } from '../tools.ts';
import { type CountedVote, findVotes, meansOf } from '../votes.ts';

/** How others rate a person, and what the caller gave. */
export async function getUserRatings(
  tools: RatingsTools,
  actor: Actor,
  userId: string,
): Promise<Static<typeof UserRatings>> {
  const { db, clock } = tools;
  await accessRated(tools, db.read, actor, userId);
  const [votes, given, { mayRate }] = await Promise.all([
    findVotes(tools, db.read, userId),
    findRating(db.read, actor.accountId, userId),
    findPlay(tools, db.read, actor.accountId, userId),
  ]);
  const now = clock.now();
  return {
    count: votes.length,
    tags: [],
    ...(votes.length >= LEAST_RATINGS_SHOWN && summarise(votes, now)),
    ...(given && { given: presentGiven(given, now) }),
    mayRate,
  };
}

function summarise(votes: readonly CountedVote[], now: Date) {
  const tags = Map.groupBy(
    votes.flatMap(({ row }) => row.tags),
    (tag) => tag,
  );
  const means = meansOf(votes, now);
  return {
    mean: round(means.mean),
    qualities: {
      play: round(means.play),
      communication: round(means.communication),
      reliability: round(means.reliability),
      friendliness: round(means.friendliness),
    },
    tags: [...tags]
      .map(([tag, { length: count }]) => ({ tag, count }))
      .toSorted((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1)),
  };
}

const round = (mean: number): number => Math.round(mean * 100) / 100;
