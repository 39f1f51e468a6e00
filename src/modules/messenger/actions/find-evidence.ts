import type { Queryable } from '#platform/database.ts';
import { findMemberIds, findMembership, findOwnerId } from '../queries/members.ts';
import { findMessagesAfter, findMessagesBefore, findVisibleMessage } from '../queries/messages.ts';
import { type MessageEvidence, presentEvidence } from './review-message.ts';

export type ChatEvidence = {
  chat: {
    chatId: string;
    kind: 'direct' | 'group';
    title?: string;
    photoId?: string;
    /** Whom a report of the chat itself is about: the owner of a group, the other of a direct chat. */
    answerableId?: string;
  };
  message?: MessageEvidence;
  /** What was said right before and after, as far as the reporter may read it. */
  context: MessageEvidence[];
};

/** How many messages on either side make the context. */
const CONTEXT = 5;

/**
 * A chat, or a message in it with its neighbours, as somebody who may read it reports it. A message that was deleted for
 * everybody can still be reported by those who may have seen it. Undefined when they may not see it.
 */
export async function findEvidence(
  db: Queryable,
  accountId: string,
  chatId: string,
  seq?: number,
): Promise<ChatEvidence | undefined> {
  const member = await findMembership(db, chatId, accountId);
  if (member?.state !== 'active') return undefined;
  const isDirect = member.kind === 'direct';
  const answerableId = isDirect
    ? (await findMemberIds(db, chatId)).find((memberId) => memberId !== accountId)
    : await findOwnerId(db, chatId);
  const chat = {
    chatId,
    kind: member.kind,
    ...(member.title !== null && { title: member.title }),
    ...(member.photo_id !== null && { photoId: member.photo_id }),
    ...(answerableId !== undefined && { answerableId }),
  };
  if (seq === undefined) return { chat, context: [] };
  const message = await findVisibleMessage(db, member, seq);
  if (!message || message.service) return undefined;
  const before = await findMessagesBefore(db, member, seq, CONTEXT);
  const after = await findMessagesAfter(db, member, seq, CONTEXT);
  const neighbours = [...before.toReversed(), ...after].filter(({ service }) => !service);
  return {
    chat,
    message: await presentEvidence(db, message),
    context: await Promise.all(neighbours.map((one) => presentEvidence(db, one))),
  };
}
