import { type Listener, listener } from '#platform/events.ts';
import { reviewHeldText } from './actions/review-held-text.ts';
import { textHeld } from './events.ts';
import type { ModerationTools } from './tools.ts';

export const moderationListeners = (tools: ModerationTools): Listener[] => [
  listener('moderation', textHeld, ({ payload }, tx) => reviewHeldText(tools, tx, payload)),
];
