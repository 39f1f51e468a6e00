import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { chatNotFound } from '../errors.ts';
import { withLastMessages } from '../last-messages.ts';
import { findMemberChats } from '../queries.ts';
import type { Chat } from '../schemas.ts';
import type { MessengerTools } from '../tools.ts';

export async function getChat({ db }: MessengerTools, actor: Actor, chatId: string): Promise<Static<typeof Chat>> {
  const rows = await findMemberChats(db.read, actor.accountId, [chatId]);
  const [chat] = await withLastMessages(db.read, rows);
  if (!chat) throw chatNotFound();
  return chat;
}
