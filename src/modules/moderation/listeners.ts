import { accountErased } from '#modules/accounts/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { eraseOwnWords } from './actions/erase-own-words.ts';
import { reviewHeldText } from './actions/review-held-text.ts';
import { textHeld } from './events.ts';
import type { ModerationTools } from './tools.ts';

export const moderationListeners = (tools: ModerationTools): Listener[] => [
  listener('moderation', textHeld, ({ payload }, tx) => reviewHeldText(tools, tx, payload)),
  listener('moderation', accountErased, ({ payload }, tx) => eraseOwnWords(tx, payload.accountId)),
];
