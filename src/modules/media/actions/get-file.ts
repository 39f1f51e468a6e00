import type { Readable } from 'node:stream';
import type { Static } from 'typebox';
import { fileNotFound } from '../errors.ts';
import { fileKey } from '../keys.ts';
import type { FileParams, FileQuery } from '../schemas.ts';
import type { MediaTools } from '../tools.ts';

/** A size of a picture behind a signed link. A forged link, an ended one and a file that is gone get the same answer. */
export async function getFile(
  { links, files, clock }: MediaTools,
  { mediaId, size }: Static<typeof FileParams>,
  { expires, signature }: Static<typeof FileQuery>,
): Promise<Readable> {
  if (!links.verify(mediaId, size, expires, signature, clock.now())) throw fileNotFound();
  const bytes = await files.open(fileKey(mediaId, size));
  if (!bytes) throw fileNotFound();
  return bytes;
}
