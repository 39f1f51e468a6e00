import { accountErased } from '#modules/accounts/index.ts';
import { gameMerged, genreDeleted } from '#modules/games/index.ts';
import { profileChanged } from '#modules/profiles/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { findMatches } from './actions/find-matches.ts';
import { followMerge } from './actions/follow-merge.ts';
import { deleteEverythingOf, deleteGenreFromFilters } from './queries.ts';
import type { SearchTools } from './tools.ts';

const NAME = 'search';

export const searchListeners = (tools: SearchTools): Listener[] => [
  listener(NAME, profileChanged, ({ payload }, tx) => findMatches(tools, tx, payload.accountId)),
  listener(NAME, accountErased, ({ payload }, tx) => deleteEverythingOf(tx, payload.accountId)),
  listener(NAME, gameMerged, ({ payload }, tx) => followMerge(tools, tx, payload)),
  listener(NAME, genreDeleted, async ({ payload }, tx) => {
    await deleteGenreFromFilters(tx, payload.genreId);
  }),
];
