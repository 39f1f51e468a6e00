import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { accessChat } from '../access.ts';
import { mediaOf } from '../message-media.ts';
import { type CarriedMedia, listCarriedMedia } from '../queries/media.ts';
import type { AttachmentsQuery, ChatAttachment, ChatAttachmentPage } from '../schemas/messages.ts';
import type { MessengerTools } from '../tools.ts';

const Place = Type.Object({ seq: Type.Integer(), mediaId: Type.String() });

/** Pictures, voice notes and files of a chat that the caller may see, the latest message first. */
export async function listAttachments(
  { db, cursors }: MessengerTools,
  actor: Actor,
  chatId: string,
  { kind, cursor, limit = DEFAULT_LIMIT }: Static<typeof AttachmentsQuery>,
): Promise<Static<typeof ChatAttachmentPage>> {
  const purpose = `listAttachments:${chatId}:${kind ?? 'all'}:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const viewer = await accessChat(db.read, actor, chatId);
  const rows = await listCarriedMedia(db.read, viewer, { kind, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = page.flatMap(present);
  if (rows.length <= limit || !last) return { items };
  return { items, nextCursor: cursors.seal(purpose, { seq: last.seq, mediaId: last.media_id }) };
}

function present(row: CarriedMedia): Static<typeof ChatAttachment>[] {
  const attachment = mediaOf(row).find(({ mediaId }) => mediaId === row.media_id);
  return attachment ? [{ seq: row.seq, authorId: row.author_id, createdAt: row.created_at, attachment }] : [];
}
