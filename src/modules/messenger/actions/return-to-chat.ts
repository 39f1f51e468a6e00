import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChatInLine } from '../change-chat.ts';
import { chatFull, chatNotFound } from '../errors.ts';
import { admitMember } from '../membership.ts';
import { findMember } from '../queries/members.ts';
import { type Chat } from '../schemas/chats.ts';
import { MAX_MEMBERS } from '../schemas/members.ts';
import type { MessengerTools } from '../tools.ts';
import { readChat } from './get-chat.ts';

/** Brings back somebody who left by themself. For everybody else there is no such chat. */
export async function returnToChat(tools: MessengerTools, actor: Actor, chatId: string): Promise<Static<typeof Chat>> {
  const { accountId } = actor;
  const past = await findMember(tools.db.read, chatId, accountId);
  if (past?.state !== 'left' && past?.state !== 'active') throw chatNotFound();
  return changeChatInLine(tools, chatId, async (change) => {
    const member = await findMember(change.tx, chatId, accountId);
    if (member?.state === 'active') return;
    if (member?.state !== 'left' || change.chat.member_count === 0) throw chatNotFound();
    if (change.chat.member_count >= MAX_MEMBERS) throw chatFull();
    await admitMember(change, { accountId });
    await addServiceNote(tools, change, accountId, { action: 'member_returned' });
  }).then(() => readChat(tools, tools.db.read, accountId, chatId));
}
