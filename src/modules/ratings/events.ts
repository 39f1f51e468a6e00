import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';

/** Somebody gave, changed or took back a rating; `ratedId` may not see it yet. */
export const ratingChanged = defineEvent(
  'ratings.rating_changed',
  Type.Object({ raterId: Type.String(), ratedId: Type.String() }),
);

/** The rated person can see a rating from now on: both gave theirs, or its week has passed. May be told twice. */
export const ratingRevealed = defineEvent(
  'ratings.rating_revealed',
  Type.Object({ ratingId: Type.String(), raterId: Type.String(), ratedId: Type.String() }),
);
