import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { type LiveEvent, liveEvents } from '#platform/frames.ts';
import { accessChat } from './access.ts';
import { chatNotFound } from './errors.ts';
import { lockChat, updateChat } from './queries/chats.ts';
import type { ChatPatch, ChatRow, Membership } from './tables.ts';
import type { MessengerTools } from './tools.ts';

/** One change of a chat under way: its row is locked, so the numbers taken here are the next ones in its line. */
export type ChatChange = {
  readonly tx: Tx;
  readonly now: Date;
  /** As it is now, with what has been patched. */
  readonly chat: ChatRow;
  takeSeq(): number;
  takeRev(): number;
  patch(patch: ChatPatch): void;
  /** Tells people once the change is committed, in the order of the calls. */
  tell(accountIds: readonly string[], event: LiveEvent): void;
};

/**
 * Runs one change of a chat by one of its members, in a transaction of its own and in the chat's line on this node.
 * Membership is looked at before the lock, so that strangers cannot hold up a chat, and again under it.
 */
export async function changeChat<T>(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  work: (change: ChatChange, member: Membership) => Promise<T>,
): Promise<T> {
  await accessChat(tools.db.read, actor, chatId);
  return changeChatInLine(tools, chatId, async (change) => work(change, await accessChat(change.tx, actor, chatId)));
}

/** The same for whoever may change a chat without being in it: by an invitation, say. */
export const changeChatInLine = <T>(
  tools: MessengerTools,
  chatId: string,
  work: (change: ChatChange) => Promise<T>,
): Promise<T> => tools.lines(chatId, () => tools.db.transaction((tx) => changeChatWithin(tools, tx, chatId, work)));

/** The same within a transaction that is open already. */
export async function changeChatWithin<T>(
  { db, bus, clock }: MessengerTools,
  tx: Tx,
  chatId: string,
  work: (change: ChatChange) => Promise<T>,
): Promise<T> {
  const chat = await lockChat(tx, chatId);
  if (!chat) throw chatNotFound();
  const patches: ChatPatch = {};
  const events: { accountIds: readonly string[]; event: LiveEvent }[] = [];
  const patch = (more: ChatPatch) => {
    Object.assign(patches, more);
    Object.assign(chat, more);
  };
  const result = await work({
    tx,
    now: clock.now(),
    chat,
    takeSeq() {
      patch({ last_seq: chat.last_seq + 1 });
      return chat.last_seq;
    },
    takeRev() {
      patch({ last_rev: chat.last_rev + 1 });
      return chat.last_rev;
    },
    patch,
    tell: (accountIds, event) => void events.push({ accountIds, event }),
  });
  if (Object.keys(patches).length > 0) await updateChat(tx, chatId, patches);
  db.afterCommit(tx, () => {
    for (const hint of events) bus.publish(liveEvents, hint);
  });
  return result;
}
