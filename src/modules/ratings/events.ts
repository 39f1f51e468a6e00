import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';

/** Somebody gave, changed or took back a rating; `ratedId` may not see it yet. */
export const ratingChanged = defineEvent(
  'ratings.rating_changed',
  Type.Object({ raterId: Type.String(), ratedId: Type.String() }),
);
