import { mediaQuotaReached } from '../errors.ts';
import type { Sizing } from '../pictures.ts';
import { countMediaSince, insertMedia } from '../queries.ts';
import type { MediaTools } from '../tools.ts';

const DAY_MS = 86_400_000;
const MOST_A_DAY = 100;

/** Makes an uploaded picture anew and keeps it; it is collected after a day unless something refers to it by then. */
export async function storePicture(
  { db, clock, ids, files, pictures }: MediaTools,
  ownerId: string,
  bytes: Buffer,
  sizing: Sizing,
): Promise<string> {
  const now = clock.now();
  const recent = await countMediaSince(db.read, ownerId, new Date(now.getTime() - DAY_MS));
  if (recent >= MOST_A_DAY) throw mediaQuotaReached({ retryAfterSeconds: DAY_MS / 1_000 });
  const { renditions, placeholder } = await pictures.render(bytes, sizing);
  const mediaId = ids.next();
  // Files first: a row never points at nothing. What a crash leaves without a row lies in the folder of its id.
  for (const [i, rendition] of renditions.entries()) await files.write(fileKey(mediaId, i), rendition.bytes);
  const sizes = renditions.map(({ width, height, bytes: { length } }) => ({ width, height, sizeBytes: length }));
  await insertMedia(db.statement, { mediaId, ownerId, sizes, placeholder, now });
  return mediaId;
}

export const folderKey = (mediaId: string): string => `${mediaId.slice(-2)}/${mediaId}`;

export const fileKey = (mediaId: string, size: number): string => `${folderKey(mediaId)}/${size}.webp`;
