/**
 * Media own uploaded pictures: made anew in WebP without metadata, kept in a store of files, handed out by signed links that
 * end. A picture is private by what refers to it: whoever shows it gives out the links.
 * Offers: store a picture, say that something refers to it or no longer does, present pictures. Announces nothing.
 */
import type { Static } from 'typebox';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Exporter } from '#platform/exports.ts';
import { collectOrphans } from './actions/collect-orphans.ts';
import { storePicture } from './actions/store-picture.ts';
import { createMediaExporter } from './exporter.ts';
import { createLinks } from './links.ts';
import { createPictures, type Sizing } from './pictures.ts';
import { presentPicture } from './present.ts';
import { findMedia, updateUsedAt } from './queries.ts';
import { mediaRoutes } from './routes.ts';
import type { Picture } from './schemas.ts';
import type { MediaTools } from './tools.ts';

export { brokenPicture, mediaQuotaReached, notAPicture, pictureTooLarge } from './errors.ts';
export { MAX_PICTURE_BYTES } from './pictures.ts';
export { Picture } from './schemas.ts';

export type Media = {
  routes: readonly Door[];
  /** What is held here about a person. */
  exporter: Exporter;
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
};

export function createMedia({
  secret,
  ...options
}: Omit<MediaTools, 'links' | 'pictures'> & { secret: Uint8Array }): Media {
  const tools: MediaTools = { ...options, links: createLinks(secret), pictures: createPictures() };
  return {
    routes: mediaRoutes(tools),
    exporter: createMediaExporter(tools),
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
  };
}
