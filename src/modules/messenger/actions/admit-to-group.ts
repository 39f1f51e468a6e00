import type { Tx } from '#platform/database.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChatWithin } from '../change-chat.ts';
import { admitMember } from '../membership.ts';
import { findMember, findOwnerId } from '../queries/members.ts';
import type { MessengerTools } from '../tools.ts';

/** `team`: everybody else who belongs to the group, `invitedBy` among them. */
export type Admission = { accountId: string; invitedBy: string; team: readonly string[] };

/**
 * Takes somebody into a group because another module says so, whoever they are to its members; being there is fine. A group
 * that was ended, or that everybody has left, begins anew: with its team, owned by who invites, without what was said.
 */
export const admitToGroup = (
  tools: MessengerTools,
  tx: Tx,
  chatId: string,
  { accountId, invitedBy, team }: Admission,
): Promise<void> =>
  changeChatWithin(tools, tx, chatId, async (change) => {
    if ((await findMember(tx, chatId, accountId))?.state === 'active') return;
    const isAnew = (await findOwnerId(tx, chatId)) === undefined;
    if (isAnew) await admitMember(change, { accountId: invitedBy, role: 'owner', history: 0 });
    const userIds = isAnew ? [...team.filter((userId) => userId !== invitedBy), accountId] : [accountId];
    for (const userId of userIds) {
      await admitMember(change, { accountId: userId, invitedBy, ...(isAnew && { history: 0 }) });
    }
    await addServiceNote(tools, change, invitedBy, { action: 'members_added', userIds });
  });
