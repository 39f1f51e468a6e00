import { accountErased } from '#modules/accounts/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { eraseMedia } from './actions/erase-media.ts';
import type { MediaTools } from './tools.ts';

export const mediaListeners = (tools: MediaTools): Listener[] => [
  listener('media', accountErased, ({ payload }, tx) => eraseMedia(tools, tx, payload.accountId)),
];
