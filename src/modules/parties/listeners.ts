import { accountChanged, accountErased } from '#modules/accounts/index.ts';
import { gameMerged } from '#modules/games/index.ts';
import { personBlocked } from '#modules/relationships/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { followMerge } from './actions/follow-merge.ts';
import { leaveParties } from './actions/leave-parties.ts';
import { partParties } from './actions/part-parties.ts';
import { deleteEverythingOf } from './queries/parties.ts';
import type { PartiesTools } from './tools.ts';

const NAME = 'parties';

export const partiesListeners = (tools: PartiesTools): Listener[] => [
  listener(NAME, personBlocked, ({ payload }, tx) => partParties(tools, tx, payload.accountId, payload.otherId)),
  listener(NAME, accountChanged, async ({ payload: { accountId } }, tx) => {
    const [account] = await tools.accounts.findAccounts(tx, [accountId]);
    if (account?.isActive === false) await leaveParties(tools, tx, accountId);
  }),
  listener(NAME, accountErased, async ({ payload: { accountId } }, tx) => {
    await leaveParties(tools, tx, accountId);
    await deleteEverythingOf(tx, accountId);
  }),
  listener(NAME, gameMerged, ({ payload }, tx) => followMerge(tools, tx, payload)),
];
