import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { once } from '#platform/idempotency.ts';
import { addServiceNote } from '../add-message.ts';
import { findAddable } from '../addable.ts';
import { changeChatWithin } from '../change-chat.ts';
import { admitMember } from '../membership.ts';
import { insertGroup } from '../queries/chats.ts';
import type { Chat, CreateChatBody } from '../schemas/chats.ts';
import { readTitle } from '../titles.ts';
import type { MessengerTools } from '../tools.ts';
import { readChat } from './get-chat.ts';

/** Makes a group. People who cannot be added are left out; the answer's `memberCount` and the members tell. */
export async function createChat(
  tools: MessengerTools,
  actor: Actor,
  body: Static<typeof CreateChatBody>,
  key: string | undefined,
): Promise<Static<typeof Chat>> {
  const title = readTitle(tools, body.title);
  const { accountId } = actor;
  const addable = await findAddable(tools, tools.db.read, accountId, body.memberIds);
  return tools.db.transaction((tx) =>
    once(tx, { scope: `createChat:${accountId}`, key, request: body }, async () => {
      const chatId = tools.ids.next();
      await insertGroup(tx, { chatId, title, now: tools.clock.now() });
      await changeChatWithin(tools, tx, chatId, async (change) => {
        await admitMember(change, { accountId, role: 'owner' });
        for (const memberId of addable) await admitMember(change, { accountId: memberId, invitedBy: accountId });
        await addServiceNote(tools, change, accountId, { action: 'chat_created', title });
      });
      return readChat(tools, tx, accountId, chatId);
    }),
  );
}
