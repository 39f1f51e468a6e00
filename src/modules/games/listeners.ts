import { accountErased } from '#modules/accounts/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { deleteSuggestionsOf } from './queries/suggestions.ts';

export const gamesListeners = (): Listener[] => [
  listener('games', accountErased, ({ payload }, tx) => deleteSuggestionsOf(tx, payload.accountId)),
];
