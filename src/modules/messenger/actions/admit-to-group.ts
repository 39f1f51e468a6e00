import type { Tx } from '#platform/database.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChatWithin } from '../change-chat.ts';
import { admitMember } from '../membership.ts';
import { findMember } from '../queries/members.ts';
import type { MessengerTools } from '../tools.ts';

/** Takes somebody into a group because another module says so, whoever they are to its members; being there is fine. */
export const admitToGroup = (
  tools: MessengerTools,
  tx: Tx,
  chatId: string,
  { accountId, invitedBy }: { accountId: string; invitedBy: string },
): Promise<void> =>
  changeChatWithin(tools, tx, chatId, async (change) => {
    if ((await findMember(tx, chatId, accountId))?.state === 'active') return;
    await admitMember(change, { accountId, invitedBy });
    await addServiceNote(tools, change, invitedBy, { action: 'members_added', userIds: [accountId] });
  });
