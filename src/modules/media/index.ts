/**
 * Media own uploads: pictures, made anew in WebP without metadata, voice notes and files, kept in a store of files and
 * handed out by signed links that end. A file is private by what refers to it: whoever shows it gives out the links.
 * Offers: store a picture, find uploads, say that something refers to one or no longer does, present pictures. Announces
 * nothing. Listens to accounts: what somebody uploaded is erased with them.
 */

import pLimit from 'p-limit';
import type { Static } from 'typebox';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import { collectOrphans } from './actions/collect-orphans.ts';
import { storePicture } from './actions/store-picture.ts';
import { sweepStore } from './actions/sweep-store.ts';
import { mediaNotFound } from './errors.ts';
import { createMediaExporter } from './exporter.ts';
import { createInbox } from './inbox.ts';
import { createLinks, endOfOpenLinks, endOfPrivateLinks } from './links.ts';
import { mediaListeners } from './listeners.ts';
import { createPictures, type Sizing } from './pictures.ts';
import { presentAttachment, presentPicture } from './present.ts';
import { addEvidence, addUse, findKeptMedia, findOwner, findReadyMedia, removeUse } from './queries.ts';
import { mediaRoutes } from './routes.ts';
import type { Picture } from './schemas.ts';
import type { Attachment as MediaAttachment, MediaRow } from './tables.ts';
import type { MediaTools } from './tools.ts';

export { brokenPicture, mediaNotFound, mediaQuotaReached, notAPicture, pictureTooLarge } from './errors.ts';
export { MAX_PICTURE_BYTES } from './pictures.ts';
export { Attachment, Picture } from './schemas.ts';
export { type MediaKind, mediaKinds } from './tables.ts';
export type { MediaAttachment };

export type Media = {
  routes: readonly Door[];
  listeners: readonly Listener[];
  /** What is held here about a person. */
  exporter: Exporter;
  /** Outside of transactions: it takes its time. Returns the id of the picture, which nothing refers to yet. */
  storePicture(ownerId: string, bytes: Buffer, sizing: Sizing): Promise<string>;
  /** Those of the finished uploads that are there; with an owner, only theirs. */
  findUploads(db: Queryable, mediaIds: readonly string[], ownerId?: string): Promise<MediaAttachment[]>;
  /** One more thing refers to each of them from now on. Throws `media_not_found` when one is gone. */
  keep(tx: Tx, mediaIds: readonly string[]): Promise<void>;
  /** One thing fewer does, for each time that an id is named; what nothing refers to for a day is deleted. */
  release(tx: Tx, mediaIds: readonly string[]): Promise<void>;
  /** For what everybody may see: with links for a day or two, by id; those that are gone are left out. */
  findPictures(db: Queryable, mediaIds: readonly string[]): Promise<Map<string, Static<typeof Picture>>>;
  /** For what only some may see: the links end within ten minutes. */
  findPrivatePictures(db: Queryable, mediaIds: readonly string[]): Promise<Map<string, Static<typeof Picture>>>;
  /** Deletes what nothing refers to; every hour or so, on any node. */
  collectOrphans(): Promise<void>;
  /** Deletes what lies in the store without a row; every day or so, on any node. */
  sweepStore(): Promise<void>;
  /** Whose it is, be it doomed or not. */
  findOwner(db: Queryable, mediaId: string): Promise<string | undefined>;
  /** A report keeps the file as evidence, whatever its owner does, until it is let go. */
  keepAsEvidence(tx: Tx, mediaId: string): Promise<void>;
  letEvidenceGo(tx: Tx, mediaId: string): Promise<void>;
  /** For moderators, with links that end within ten minutes: those that nobody else gets any more among them. */
  findEvidencePictures(db: Queryable, mediaIds: readonly string[]): Promise<Map<string, Static<typeof Picture>>>;
};

/** Making a picture or sending a file to the store holds it in memory, so few do at once. */
const MADE_AT_ONCE = 2;

export function createMedia({
  secret,
  inboxFolder,
  ...options
}: Omit<MediaTools, 'links' | 'pictures' | 'inbox' | 'making'> & { secret: Uint8Array; inboxFolder: string }): Media {
  const tools: MediaTools = {
    ...options,
    links: createLinks(secret),
    pictures: createPictures(),
    inbox: createInbox(inboxFolder),
    making: pLimit(MADE_AT_ONCE),
  };
  const presentPictures = (rows: readonly MediaRow[], linksEndAt: Date) =>
    new Map(
      rows
        .filter(({ kind }) => kind === 'picture')
        .map((row) => [row.media_id, presentPicture(row, tools.links, linksEndAt)]),
    );
  const findPictures = async (db: Queryable, mediaIds: readonly string[], linksEndAt: Date) =>
    presentPictures(await findReadyMedia(db, mediaIds), linksEndAt);
  return {
    routes: mediaRoutes(tools),
    listeners: mediaListeners(tools),
    exporter: createMediaExporter(tools),
    storePicture: (ownerId, bytes, sizing) => storePicture(tools, ownerId, bytes, sizing),
    async findUploads(db, mediaIds, ownerId) {
      const rows = await findReadyMedia(db, mediaIds);
      return rows.filter(({ owner_id }) => ownerId === undefined || owner_id === ownerId).map(presentAttachment);
    },
    async keep(tx, mediaIds) {
      const kept = await addUse(tx, mediaIds);
      if (kept.length < new Set(mediaIds).size) throw mediaNotFound();
    },
    async release(tx, mediaIds) {
      if (mediaIds.length > 0) await removeUse(tx, mediaIds, tools.clock.now());
    },
    findPictures: (db, mediaIds) => findPictures(db, mediaIds, endOfOpenLinks(tools.clock.now())),
    findPrivatePictures: (db, mediaIds) => findPictures(db, mediaIds, endOfPrivateLinks(tools.clock.now())),
    collectOrphans: () => collectOrphans(tools),
    sweepStore: () => sweepStore(tools),
    findOwner,
    async keepAsEvidence(tx, mediaId) {
      await addEvidence(tx, mediaId, 1);
    },
    async letEvidenceGo(tx, mediaId) {
      await addEvidence(tx, mediaId, -1);
    },
    async findEvidencePictures(db, mediaIds) {
      return presentPictures(await findKeptMedia(db, mediaIds), endOfPrivateLinks(tools.clock.now()));
    },
  };
}
