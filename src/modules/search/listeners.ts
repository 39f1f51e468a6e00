import { accountErased } from '#modules/accounts/index.ts';
import { profileChanged } from '#modules/profiles/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { findMatches } from './actions/find-matches.ts';
import { deleteEverythingOf } from './queries.ts';
import type { SearchTools } from './tools.ts';

const NAME = 'search';

export const searchListeners = (tools: SearchTools): Listener[] => [
  listener(NAME, profileChanged, ({ payload }, tx) => findMatches(tools, tx, payload.accountId)),
  listener(NAME, accountErased, ({ payload }, tx) => deleteEverythingOf(tx, payload.accountId)),
];
