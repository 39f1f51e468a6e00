import { findFileType, findVoiceType } from './content-types.ts';
import { mediaNotFound } from './errors.ts';
import { fileKey } from './keys.ts';
import type { Sizing } from './pictures.ts';
import { findReadyMedia, type Made, updateReady } from './queries.ts';
import type { MediaRow } from './tables.ts';
import type { MediaTools } from './tools.ts';

/** Of pictures that are sent: for a list, for a screen, and to look at closely. */
const SENT: Sizing = { edges: [320, 800, 1_600], isSquare: false };

type Ticket = Pick<MediaRow, 'media_id' | 'kind' | 'name'>;

/** Makes of the bytes what their ticket is for, puts it into the store and then lets it be used. */
export async function makeReady(
  tools: MediaTools,
  ticket: Ticket,
  bytes: Buffer,
  sizing: Sizing = SENT,
): Promise<MediaRow> {
  const { db, clock } = tools;
  const { media_id: mediaId } = ticket;
  const made = await (ticket.kind === 'picture'
    ? makePicture(tools, mediaId, bytes, sizing)
    : keep(tools, ticket, bytes));
  const row = await updateReady(db.statement, mediaId, made, clock.now());
  // The same bytes that came twice at once make the same files; one of the two has told so.
  const [ready] = row ? [row] : await findReadyMedia(db.read, [mediaId]);
  if (!ready) throw mediaNotFound();
  return ready;
}

async function makePicture(
  { files, pictures }: MediaTools,
  mediaId: string,
  bytes: Buffer,
  sizing: Sizing,
): Promise<Made> {
  const { renditions, placeholder } = await pictures.render(bytes, sizing);
  for (const [i, rendition] of renditions.entries()) await files.write(fileKey(mediaId, i), rendition.bytes);
  const sizes = renditions.map(({ width, height, bytes: { length } }) => ({ width, height, sizeBytes: length }));
  return { contentType: 'image/webp', sizes, placeholder };
}

async function keep({ files }: MediaTools, { media_id, kind, name }: Ticket, bytes: Buffer): Promise<Made> {
  const contentType = kind === 'voice' ? await findVoiceType(bytes) : await findFileType(bytes, name ?? undefined);
  await files.write(fileKey(media_id, 'content'), bytes);
  return { contentType };
}
