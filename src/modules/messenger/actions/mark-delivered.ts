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
    const { shown_delivered_seq } = await accessChat(db.read, actor, chatId);
    return { chatId, userId, deliveredSeq: shown_delivered_seq };
  }
  const state = { chatId, userId, deliveredSeq: moved.shown_delivered_seq };
  bus.publish(liveEvents, { accountIds: moved.told_ids, event: { type: 'delivered.changed', chatId, data: state } });
  return state;
}
