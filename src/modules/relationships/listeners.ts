import { accountErased } from '#modules/accounts/index.ts';
import { gameMerged } from '#modules/games/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { eraseRelationships } from './actions/erase-relationships.ts';
import { updateGameOfRequests } from './queries.ts';
import type { RelationshipsTools } from './tools.ts';

export const relationshipsListeners = (tools: RelationshipsTools): Listener[] => [
  listener('relationships', accountErased, ({ payload }, tx) => eraseRelationships(tools, tx, payload.accountId)),
  listener('relationships', gameMerged, async ({ payload }, tx) => {
    await updateGameOfRequests(tx, payload.gameId, payload.intoGameId);
  }),
];
