/**
 * Ratings own what people think of each other after playing together: four qualities in stars, tags, when they are shown,
 * and how much a rater's word is worth. The formula stands in rating-mean.ts and rater-weight.ts.
 * Offers: removal by moderators, the recounts that run with time. Announces: rating changed, rating revealed. Listens to
 * accounts: who is erased takes ratings along.
 */
import type { Static } from 'typebox';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import { countRevealed } from './actions/count-revealed.ts';
import { recountAll } from './actions/recount-all.ts';
import { recountDaily } from './actions/recount-daily.ts';
import { removeRating } from './actions/remove-rating.ts';
import { createRatingsExporter } from './exporter.ts';
import { ratingsListeners } from './listeners.ts';
import { presentReceived } from './present.ts';
import { findReceivedOne } from './queries.ts';
import { ratingsRoutes } from './routes.ts';
import type { ReceivedRating } from './schemas.ts';
import type { RatingsTools } from './tools.ts';

export { ratingRevealed } from './events.ts';

export type Ratings = {
  routes: readonly Door[];
  /** What is held here about a person. */
  exporter: Exporter;
  listeners: readonly Listener[];
  /** Returns false when there is no such rating, or it was removed before. */
  removeRating(tx: Tx, ratingId: string): Promise<boolean>;
  /** A rating that this person was given and may see now. */
  findReceived(db: Queryable, ratedId: string, ratingId: string): Promise<Static<typeof ReceivedRating> | undefined>;
  /** Counts what has become visible by time; every few minutes, on any node. */
  countRevealed(): Promise<void>;
  /** Works out all agreements and ratings anew. */
  recountAll(): Promise<void>;
  /** The same once a day, however often and on however many nodes it is called. */
  recountDaily(): Promise<void>;
};

export function createRatings(tools: RatingsTools): Ratings {
  return {
    routes: ratingsRoutes(tools),
    exporter: createRatingsExporter(tools),
    listeners: ratingsListeners(tools),
    removeRating: (tx, ratingId) => removeRating(tools, tx, ratingId),
    async findReceived(db, ratedId, ratingId) {
      const row = await findReceivedOne(db, ratedId, ratingId, tools.clock.now());
      return row && presentReceived(row);
    },
    countRevealed: () => countRevealed(tools),
    recountAll: () => recountAll(tools),
    recountDaily: () => recountDaily(tools),
  };
}
