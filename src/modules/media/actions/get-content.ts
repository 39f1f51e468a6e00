import type { Readable } from 'node:stream';
import type { Static } from 'typebox';
import { type ByteRange, readRange } from '#platform/ranges.ts';
import { fileNotFound, rangeNotSatisfiable } from '../errors.ts';
import { fileKey } from '../keys.ts';
import { findReadyMedia } from '../queries.ts';
import type { FileQuery, MediaParams } from '../schemas.ts';
import type { MediaRow } from '../tables.ts';
import type { MediaTools } from '../tools.ts';

/** A voice note or a file behind a signed link, or a stretch of it. */
export async function getContent(
  { db, links, files, clock }: MediaTools,
  { mediaId }: Static<typeof MediaParams>,
  { expires, signature }: Static<typeof FileQuery>,
  rangeHeader: string | undefined,
): Promise<{ row: MediaRow; bytes: Readable; range: ByteRange | undefined }> {
  if (!links.verify(mediaId, 'content', expires, signature, clock.now())) throw fileNotFound();
  const [row] = await findReadyMedia(db.read, [mediaId]);
  if (!row) throw fileNotFound();
  const range = readRange(rangeHeader, row.size_bytes);
  if (range === 'unsatisfiable') {
    throw rangeNotSatisfiable({ headers: { 'content-range': `bytes */${row.size_bytes}` } });
  }
  const bytes = await files.open(fileKey(mediaId, 'content'), range);
  if (!bytes) throw fileNotFound();
  return { row, bytes, range };
}
