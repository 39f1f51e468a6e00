import type { Static } from 'typebox';
import { fileNotFound } from '../errors.ts';
import type { FileParams, FileQuery } from '../schemas.ts';
import type { MediaTools } from '../tools.ts';
import { fileKey } from './store-picture.ts';

/** The bytes behind a signed link. A forged link, an ended one and a file that is gone get the same answer. */
export async function getFile(
  { links, files, clock }: MediaTools,
  { mediaId, size }: Static<typeof FileParams>,
  { expires, signature }: Static<typeof FileQuery>,
): Promise<Buffer> {
  if (!links.verify(mediaId, size, expires, signature, clock.now())) throw fileNotFound();
  const bytes = await files.read(fileKey(mediaId, size));
  if (!bytes) throw fileNotFound();
  return bytes;
}
