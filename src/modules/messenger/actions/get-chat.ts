import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { chatNotFound } from '../errors.ts';
import { withLastMessages } from '../last-messages.ts';
import { findMemberChats } from '../queries/chats.ts';
import type { Chat } from '../schemas/chats.ts';
import type { MessengerTools } from '../tools.ts';

export const getChat = (tools: MessengerTools, actor: Actor, chatId: string): Promise<Static<typeof Chat>> =>
  readChat(tools, tools.db.read, actor.accountId, chatId);

/** A chat as its member sees it, also within a transaction that has just changed it. */
export async function readChat(
  tools: MessengerTools,
  db: Queryable,
  accountId: string,
  chatId: string,
): Promise<Static<typeof Chat>> {
  const rows = await findMemberChats(db, accountId, [chatId]);
  const [chat] = await withLastMessages(tools, db, accountId, rows);
  if (!chat) throw chatNotFound();
  return chat;
}
