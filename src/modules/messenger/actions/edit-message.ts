import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { inputFault } from '#platform/validation.ts';
import { accessMessage } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { cleanText, resolveMentions } from '../content.ts';
import { messageNotFound, rightMissing, tooLateToEdit, writingRefused } from '../errors.ts';
import { presentForReader } from '../own-part.ts';
import { insertVersion } from '../queries/messages.ts';
import { reviseMessage } from '../revise-message.ts';
import type { Message } from '../schemas/messages.ts';
import { passStrangerWords } from '../stranger-words.ts';
import type { Membership, MessageRow } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';

/** How long after sending an author may change or take back a message. */
export const EDIT_WINDOW_MS = 48 * 3_600_000;

/**
 * Changes the text of an own message. What it said before is kept for moderators; nobody is mentioned anew by @all. Who
 * was mentioned by id stays so, unless `mentions` is given anew.
 */
export function editMessage(
  tools: MessengerTools,
  actor: Actor,
  { chatId, seq, text: given, mentions: named }: { chatId: string; seq: number; text: string; mentions?: string[] },
): Promise<Static<typeof Message>> {
  const text = cleanText(given);
  if (text === '') throw inputFault('/body/text', 'length', EMPTY);
  return changeChat(tools, actor, chatId, async (change, member) => {
    const { tx, now } = change;
    const message = await accessMessage(tx, member, seq);
    if (message.author_id !== actor.accountId) throw rightMissing();
    if (message.service || message.poll) throw messageNotFound();
    if (member.is_blocked) throw writingRefused();
    if (now.getTime() - message.created_at.getTime() > EDIT_WINDOW_MS) throw tooLateToEdit();
    if (text === message.text && !named) {
      const [same] = await presentForReader(tx, actor.accountId, [message]);
      if (same) return same;
    }
    await insertVersion(tx, {
      chat_id: chatId,
      seq,
      rev: message.rev,
      text: message.text,
      replaced_by: actor.accountId,
      replaced_at: now,
    });
    const isToStranger = member.requester_id === actor.accountId;
    const passed = isToStranger ? await passStrangerWords(tools, tx, actor, { chatId, text }) : { text };
    const verdict = tools.textRules.judge('message', passed.text);
    if (verdict.kind === 'pass' && verdict.isHeld) {
      const held = { accountId: actor.accountId, field: 'message', text: passed.text, chatId, seq } as const;
      await tools.textRules.hold(tx, held);
    }
    const kept = named ?? (await findNamedById(tools, tx, member, message));
    const { mentions } = await resolveMentions(tools, tx, member, text, kept);
    const patch = { text: passed.text, mentions: mentions ?? null, edited_at: now };
    return reviseMessage(change, { seq, patch, actorId: actor.accountId });
  });
}

/** Whom a message mentions beside those that its text names: a new text says nothing of them. */
async function findNamedById(
  tools: MessengerTools,
  tx: Tx,
  member: Membership,
  { text, mentions }: MessageRow,
): Promise<string[]> {
  if (!mentions) return [];
  const byText = new Set((await resolveMentions(tools, tx, member, text)).mentions);
  return mentions.filter((accountId) => !byText.has(accountId));
}

const EMPTY = { en: 'is empty', ru: 'пусто' };
