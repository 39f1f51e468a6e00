import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { chatNotFound } from './errors.ts';
import { findMember } from './queries.ts';

/** The caller's membership of a chat. A chat of others and no chat are the same 404. */
export async function accessChat(db: Queryable, actor: Actor, chatId: string) {
  const member = await findMember(db, chatId, actor.accountId);
  if (!member) throw chatNotFound();
  return member;
}
