import { accountErased } from '#modules/accounts/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { eraseRatings } from './actions/erase-ratings.ts';
import type { RatingsTools } from './tools.ts';

export const ratingsListeners = (tools: RatingsTools): Listener[] => [
  listener('ratings', accountErased, ({ payload }, tx) => eraseRatings(tools, tx, payload.accountId)),
];
