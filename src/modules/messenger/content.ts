import { mediaNotFound } from '#modules/media/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { isVisible } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { accessChat } from './access.ts';
import { messageNotFound } from './errors.ts';
import { mediaIdsOf } from './message-media.ts';
import { findMembers } from './queries/members.ts';
import { findVisibleMessage, findVisibleMessages } from './queries/messages.ts';
import { hasRight } from './rights.ts';
import { MAX_MENTIONS } from './schemas/messages.ts';
import type { Attachment, Forward, Membership, MessageRow, Poll } from './tables.ts';
import type { MessengerTools } from './tools.ts';

export type ContentInput = {
  chatId: string;
  text?: string;
  replyToSeq?: number;
  forward?: { chatId: string; seqs: number[] };
  mentions?: string[];
  attachments?: { mediaId: string }[];
};

/** What a message says, checked and resolved. */
export type Content = {
  text: string;
  replyToSeq?: number;
  forwards?: Forward[];
  mentions?: string[];
  isMentionOfAll?: boolean;
  attachments?: Attachment[];
  poll?: Poll;
};

/** As it was written, without the spaces around it; nothing when there is nothing to be seen. */
export const cleanText = (text: string): string => (isVisible(text) ? text.normalize('NFC').trim() : '');

/** Checks and resolves what a message carries. A plain text costs no query. */
export async function prepareContent(tools: MessengerTools, actor: Actor, input: ContentInput): Promise<Content> {
  const text = cleanText(input.text ?? '');
  if (text === '' && !input.forward && !input.attachments) throw inputFault('/body/text', 'length', EMPTY);
  const isPlain = !text.includes('@') && !input.mentions && input.replyToSeq === undefined;
  if (isPlain && !input.forward && !input.attachments) return { text };

  const db = tools.db.read;
  const member = await accessChat(db, actor, input.chatId);
  const content: Content = { text, ...(await resolveMentions(tools, db, member, text, input.mentions)) };
  if (input.replyToSeq !== undefined) {
    if (!(await findVisibleMessage(db, member, input.replyToSeq))) throw messageNotFound();
    content.replyToSeq = input.replyToSeq;
  }
  if (input.forward) content.forwards = await copyForwards(tools, actor, input.forward);
  if (input.attachments) content.attachments = await findAttachments(tools, actor, input.attachments);
  return content;
}

/** Whom a text names: only members of the chat, never the author; and everybody, where the author has the right. */
export async function resolveMentions(
  { accounts }: MessengerTools,
  db: Queryable,
  member: Membership,
  text: string,
  named: readonly string[] = [],
): Promise<Pick<Content, 'mentions' | 'isMentionOfAll'>> {
  const names = [...new Set([...text.matchAll(MENTION)].map(([, name = '']) => name.toLowerCase()))];
  const isMentionOfAll = names.some((name) => ALL.has(name)) && hasRight(member, member, 'may_mention_all');
  const usernames = names.filter((name) => !ALL.has(name)).slice(0, MAX_MENTIONS);
  const found = usernames.length > 0 ? await accounts.findByUsername(db, usernames) : [];
  const wanted = [...new Set([...named, ...found.map(({ accountId }) => accountId)])].slice(0, MAX_MENTIONS);
  const members = wanted.length > 0 ? await findMembers(db, member.chat_id, wanted) : [];
  const mentions = members
    .filter(({ state, account_id }) => state === 'active' && account_id !== member.account_id)
    .map(({ account_id }) => account_id);
  return { ...(mentions.length > 0 && { mentions }), ...(isMentionOfAll && { isMentionOfAll }) };
}

/** Not inside a word, so that an e-mail address mentions nobody. */
const MENTION = /(?<![\p{L}\p{N}_.@-])@([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,31})/gu;
const ALL = new Set(['all', 'все', 'everyone']);

/** Copies with their first author and time; of what was forwarded before, the origin stays. */
async function copyForwards(
  { db, media }: MessengerTools,
  actor: Actor,
  { chatId, seqs }: { chatId: string; seqs: number[] },
): Promise<Forward[]> {
  const source = await accessChat(db.read, actor, chatId);
  const rows = await findVisibleMessages(db.read, source, seqs);
  if (rows.length !== seqs.length || rows.some(({ deleted_at, service }) => deleted_at || service)) {
    throw messageNotFound();
  }
  // What was erased with its uploader is not forwarded.
  const present = new Map(
    (await media.findUploads(db.read, rows.flatMap(mediaIdsOf))).map((one) => [one.mediaId, one]),
  );
  const forwards = rows.flatMap((row) => copyOf(row, present));
  const files = forwards.reduce((sum, { attachments = [] }) => sum + attachments.length, 0);
  const length = forwards.reduce((sum, { text }) => sum + text.length, 0);
  if (forwards.length > MAX_COPIES || length > MAX_COPIED_LENGTH || files > MAX_COPIES) {
    throw inputFault('/body/forward', 'length', TOO_LONG);
  }
  return forwards;
}

function copyOf(row: MessageRow, present: ReadonlyMap<string, Attachment>): Forward[] {
  const own = { authorId: row.author_id, createdAt: row.created_at.toISOString(), text: row.text };
  return [...(row.forwards ?? []), { ...own, attachments: row.attachments ?? [] }].flatMap((one) => {
    const { attachments: all = [], ...plain } = one;
    const attachments = all.filter(({ mediaId }) => present.has(mediaId));
    if (plain.text === '' && attachments.length === 0) return [];
    return [{ ...plain, ...(attachments.length > 0 && { attachments }) }];
  });
}

/** A message must fit into one frame. */
const MAX_COPIED_LENGTH = 12_000;
const MAX_COPIES = 40;

async function findAttachments(
  { db, media }: MessengerTools,
  actor: Actor,
  attachments: readonly { mediaId: string }[],
): Promise<Attachment[]> {
  const mediaIds = [...new Set(attachments.map(({ mediaId }) => mediaId))];
  const uploads = await media.findUploads(db.read, mediaIds, actor.accountId);
  const found = new Map(uploads.map((one) => [one.mediaId, one]));
  return mediaIds.map((mediaId) => {
    const attachment = found.get(mediaId);
    if (!attachment) throw mediaNotFound();
    return attachment;
  });
}

const EMPTY = { en: 'is empty', ru: 'пусто' };
const TOO_LONG = { en: 'is too long altogether', ru: 'слишком длинно в сумме' };
