import type { Static } from 'typebox';
import type { GivenRating, ReceivedRatingPage } from './schemas.ts';
import type { RatingRow } from './tables.ts';

export const presentGiven = (row: RatingRow, now: Date): Static<typeof GivenRating> => ({
  ...presentStars(row),
  isRevealed: row.revealed_at <= now,
});

export const presentReceived = (row: RatingRow): Static<typeof ReceivedRatingPage>['items'][number] => ({
  ...presentStars(row),
  fromUserId: row.rater_id,
});

const presentStars = (row: RatingRow) => ({
  ratingId: row.rating_id,
  play: row.play,
  communication: row.communication,
  reliability: row.reliability,
  friendliness: row.friendliness,
  tags: row.tags,
  givenAt: row.given_at,
});
