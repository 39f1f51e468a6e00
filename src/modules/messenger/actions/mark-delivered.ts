import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { liveEvents } from '#platform/frames.ts';
import { accessChat } from '../access.ts';
import { updateMark } from '../queries/states.ts';
import type { DeliveredState } from '../schemas/catch-up.ts';
import type { MessengerTools } from '../tools.ts';

/** Tells the others how far the caller's device has received, unless the caller hides it. */
export async function markDelivered(
  { db, bus }: MessengerTools,
  actor: Actor,
  chatId: string,
  seq: number,
): Promise<Static<typeof DeliveredState>> {
  const userId = actor.accountId;
  const moved = await updateMark(db.statement, { chatId, accountId: userId, seq, mark: 'delivered' });
  if (!moved) {
    const { shown_delivered_seq, last_seq, is_blocked } = await accessChat(db.read, actor, chatId);
    // Who is blocked must not learn of it: the answer is as if the mark had moved.
    const deliveredSeq = is_blocked ? Math.max(shown_delivered_seq, Math.min(seq, last_seq)) : shown_delivered_seq;
    return { chatId, userId, deliveredSeq };
  }
  const state = { chatId, userId, deliveredSeq: moved.shown_delivered_seq };
  bus.publish(liveEvents, { accountIds: moved.told_ids, event: { type: 'delivered.changed', chatId, data: state } });
  return state;
}
