import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { liveEvents } from '#platform/frames.ts';
import { accessChat } from '../access.ts';
import { updateMark } from '../queries/states.ts';
import type { ReadState } from '../schemas/catch-up.ts';
import type { MessengerTools } from '../tools.ts';

/** Moves the caller's read mark forward. Going back does nothing; past the newest message means up to it. */
export async function markRead(
  { db, bus }: MessengerTools,
  actor: Actor,
  chatId: string,
  seq: number,
): Promise<Static<typeof ReadState>> {
  const userId = actor.accountId;
  const moved = await updateMark(db.statement, { chatId, accountId: userId, seq, mark: 'read' });
  if (!moved) {
    const { read_seq } = await accessChat(db.read, actor, chatId);
    return { chatId, userId, readSeq: read_seq };
  }
  const state = { chatId, userId, readSeq: moved.read_seq };
  bus.publish(liveEvents, { accountIds: moved.told_ids, event: { type: 'read.changed', chatId, data: state } });
  return state;
}
