import { accountErased } from '#modules/accounts/index.ts';
import { teammatesMade } from '#modules/relationships/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { befriend } from './actions/befriend.ts';
import { leaveEverything } from './actions/leave-everything.ts';
import type { MessengerTools } from './tools.ts';

const NAME = 'messenger';

export const messengerListeners = (tools: MessengerTools): Listener[] => [
  listener(NAME, teammatesMade, ({ payload }, tx) => befriend(tools, tx, payload)),
  listener(NAME, accountErased, ({ payload }, tx) => leaveEverything(tools, tx, payload.accountId)),
];
