import type { Tx } from '#platform/database.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChatWithin } from '../change-chat.ts';
import { dismissMember } from '../membership.ts';
import { findMember } from '../queries/members.ts';
import type { MessengerTools } from '../tools.ts';

/** Lets somebody go from a group because another module says so; `removedBy` is absent when they left. Being gone is fine. */
export const dismissFromGroup = (
  tools: MessengerTools,
  tx: Tx,
  chatId: string,
  { accountId, removedBy }: { accountId: string; removedBy?: string },
): Promise<void> =>
  changeChatWithin(tools, tx, chatId, async (change) => {
    const member = await findMember(tx, chatId, accountId);
    if (member?.state !== 'active') return;
    await dismissMember(change, member, removedBy === undefined ? 'left' : 'removed');
    await addServiceNote(
      tools,
      change,
      removedBy ?? accountId,
      removedBy === undefined ? { action: 'member_left' } : { action: 'member_removed', userIds: [accountId] },
    );
  });
