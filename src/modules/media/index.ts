/**
 * Media own uploaded pictures: made anew in WebP without metadata, kept in a store of files, handed out by signed links that
 * end. A picture is private by what refers to it: whoever shows it gives out the links.
 * Offers: store a picture, say that something refers to it or no longer does, present pictures. Announces nothing.
 */
import type { Static } from 'typebox';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import { collectOrphans } from './actions/collect-orphans.ts';
import { storePicture } from './actions/store-picture.ts';
import { createLinks } from './links.ts';
import { createPictures, type Sizing } from './pictures.ts';
import { presentPicture } from './present.ts';
import { addEvidence, findMedia, updateUsedAt } from './queries.ts';
import { mediaRoutes } from './routes.ts';
import type { Picture } from './schemas.ts';
import type { MediaTools } from './tools.ts';

export { brokenPicture, mediaQuotaReached, notAPicture, pictureTooLarge } from './errors.ts';
export { MAX_PICTURE_BYTES } from './pictures.ts';
export { Picture } from './schemas.ts';

export type Media = {
  routes: readonly Door[];
  /** Outside of transactions: it takes its time. Returns the id of the picture, which nothing refers to yet. */
  storePicture(ownerId: string, bytes: Buffer, sizing: Sizing): Promise<string>;
  /** Something refers to the picture from now on. */
  keep(tx: Tx, mediaId: string): Promise<void>;
  /** Nothing refers to it any more: it is collected. */
  release(tx: Tx, mediaId: string): Promise<void>;
  /** With links for a day or two, by id; those that are gone are left out. */
  findPictures(db: Queryable, mediaIds: readonly string[]): Promise<Map<string, Static<typeof Picture>>>;
  /** Deletes what nothing refers to; every hour or so, on any node. */
  collectOrphans(): Promise<void>;
  findOwner(db: Queryable, mediaId: string): Promise<string | undefined>;
  /** A report keeps the picture as evidence, whatever its owner does, until it is let go. */
  keepAsEvidence(tx: Tx, mediaId: string): Promise<void>;
  letEvidenceGo(tx: Tx, mediaId: string): Promise<void>;
};

export function createMedia({
  secret,
  ...options
}: Omit<MediaTools, 'links' | 'pictures'> & { secret: Uint8Array }): Media {
  const tools: MediaTools = { ...options, links: createLinks(secret), pictures: createPictures() };
  return {
    routes: mediaRoutes(tools),
    storePicture: (ownerId, bytes, sizing) => storePicture(tools, ownerId, bytes, sizing),
    async keep(tx, mediaId) {
      await updateUsedAt(tx, mediaId, tools.clock.now());
    },
    async release(tx, mediaId) {
      await updateUsedAt(tx, mediaId, null);
    },
    async findPictures(db, mediaIds) {
      const rows = mediaIds.length > 0 ? await findMedia(db, mediaIds) : [];
      const now = tools.clock.now();
      return new Map(rows.map((row) => [row.media_id, presentPicture(row, tools.links, now)]));
    },
    collectOrphans: () => collectOrphans(tools),
    async findOwner(db, mediaId) {
      const [row] = await findMedia(db, [mediaId]);
      return row?.owner_id;
    },
    async keepAsEvidence(tx, mediaId) {
      await addEvidence(tx, mediaId, 1);
    },
    async letEvidenceGo(tx, mediaId) {
      await addEvidence(tx, mediaId, -1);
    },
  };
}
