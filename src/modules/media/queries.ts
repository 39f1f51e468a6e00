import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { MediaKind, MediaRow, PictureSize } from './tables.ts';

export type NewMedia = {
  mediaId: string;
  ownerId: string;
  kind: MediaKind;
  sizeBytes: number;
  now: Date;
  expiresAt: Date;
  name?: string | undefined;
  durationSeconds?: number | undefined;
};

/** A ticket: the row of a file that is to come. */
export const insertMedia = (db: Queryable, media: NewMedia) =>
  db
    .insertInto('media')
    .values({
      media_id: media.mediaId,
      owner_id: media.ownerId,
      kind: media.kind,
      size_bytes: media.sizeBytes,
      name: media.name ?? null,
      duration_seconds: media.durationSeconds ?? null,
      created_at: media.now,
      expires_at: media.expiresAt,
      unused_since: media.now,
    })
    .execute();

/** One at a time for each owner, until the transaction ends. */
export const lockQuota = (tx: Tx, ownerId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`media:${ownerId}`}, 0))`.execute(tx);

/** What somebody has begun to upload since a moment. */
export async function findUsage(
  db: Queryable,
  ownerId: string,
  since: Date,
): Promise<{ count: number; bytes: number; oldestAt: Date | null }> {
  const { rows } = await sql<{ count: number; bytes: number; oldest_at: Date | null }>`
    select count(*) as count, coalesce(sum(size_bytes), 0) as bytes, min(created_at) as oldest_at
    from media where owner_id = ${ownerId} and created_at > ${since} and doomed_at is null`.execute(db);
  const [{ count, bytes, oldest_at } = { count: 0, bytes: 0, oldest_at: null }] = rows;
  return { count, bytes, oldestAt: oldest_at };
}

/** Those that are there, tickets among them. */
export const findMedia = (db: Queryable, mediaIds: readonly string[]): Promise<MediaRow[]> =>
  db
    .selectFrom('media')
    .selectAll()
    .where('media_id', '=', sql<string>`any(${mediaIds}::uuid[])`)
    .where('doomed_at', 'is', null)
    .$castTo<MediaRow>()
    .execute();

export const findReadyMedia = async (db: Queryable, mediaIds: readonly string[]): Promise<MediaRow[]> =>
  mediaIds.length === 0 ? [] : (await findMedia(db, mediaIds)).filter(({ ready_at }) => ready_at !== null);

/** Binds a ticket to the content that came first. Undefined when that was another. */
export const claimContent = (db: Queryable, mediaId: string, hash: Buffer): Promise<MediaRow | undefined> =>
  db
    .updateTable('media')
    .set({ content_hash: hash })
    .where('media_id', '=', mediaId)
    .where('doomed_at', 'is', null)
    .where((eb) => eb.or([eb('content_hash', 'is', null), eb('content_hash', '=', hash)]))
    .returningAll()
    .$castTo<MediaRow>()
    .executeTakeFirst();

/** Frees a ticket from content that could not be taken. */
export const disclaimContent = (db: Queryable, mediaId: string, hash: Buffer) =>
  db
    .updateTable('media')
    .set({ content_hash: null })
    .where('media_id', '=', mediaId)
    .where('content_hash', '=', hash)
    .where('ready_at', 'is', null)
    .execute();

export type Made = { contentType: string; sizes?: PictureSize[]; placeholder?: Buffer };

/** The files lie in the store: from now on it can be used. Undefined when it was made ready, or doomed, by another. */
export const updateReady = (db: Queryable, mediaId: string, made: Made, now: Date): Promise<MediaRow | undefined> =>
  db
    .updateTable('media')
    .set({
      content_type: made.contentType,
      sizes: JSON.stringify(made.sizes ?? []),
      placeholder: made.placeholder ?? null,
      ready_at: now,
      unused_since: now,
    })
    .where('media_id', '=', mediaId)
    .where('ready_at', 'is', null)
    .where('doomed_at', 'is', null)
    .returningAll()
    .$castTo<MediaRow>()
    .executeTakeFirst();

/** One more refers to each of them. Returns those that are there; the rows are locked in the order of their ids. */
export async function addUse(tx: Tx, mediaIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ media_id: string }>`
    with locked as materialized (
      select media_id from media
      where media_id = any(${mediaIds}::uuid[]) and ready_at is not null and doomed_at is null
      order by media_id for update
    )
    update media set uses = uses + 1, unused_since = null
    from locked where media.media_id = locked.media_id
    returning media.media_id`.execute(tx);
  return rows.map(({ media_id }) => media_id);
}

/** One fewer refers to each of them; an id that is named twice loses two. */
export const removeUse = (tx: Tx, mediaIds: readonly string[], now: Date) =>
  sql`
    with fewer as (
      select media_id, count(*)::integer as times from unnest(${mediaIds}::uuid[]) as given (media_id) group by media_id
    ),
    locked as materialized (
      select media_id, times from media join fewer using (media_id) order by media_id for update of media
    )
    update media
    set uses = uses - times, unused_since = case when uses = times then ${now}::timestamptz end
    from locked where media.media_id = locked.media_id and uses >= times`.execute(tx);

/** Nobody gets these any more: they have been unused for long. */
export async function doomUnused(db: Queryable, before: Date, now: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update media set doomed_at = ${now} where media_id in (
      select media_id from media where unused_since < ${before} and doomed_at is null
      order by unused_since limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export const doomMedia = (db: Queryable, mediaId: string, now: Date) =>
  db.updateTable('media').set({ doomed_at: now }).where('media_id', '=', mediaId).execute();

export const doomAllOf = (tx: Tx, ownerId: string, now: Date) =>
  tx
    .updateTable('media')
    .set({ doomed_at: now })
    .where('owner_id', '=', ownerId)
    .where('doomed_at', 'is', null)
    .execute();

export async function findDoomed(db: Queryable, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('media')
    .select('media_id')
    .where('doomed_at', 'is not', null)
    .where('evidence_count', '=', 0)
    .orderBy('doomed_at')
    .limit(limit)
    .execute();
  return rows.map(({ media_id }) => media_id);
}

export const deleteDoomed = (db: Queryable, mediaIds: readonly string[]) =>
  db
    .deleteFrom('media')
    .where('media_id', '=', sql<string>`any(${mediaIds}::uuid[])`)
    .where('doomed_at', 'is not', null)
    .execute();

/** Those of the ids that have no row at all. */
export async function findUnknown(db: Queryable, mediaIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ media_id: string }>`
    select media_id from unnest(${mediaIds}::uuid[]) as given (media_id)
    where not exists (select from media where media.media_id = given.media_id)`.execute(db);
  return rows.map(({ media_id }) => media_id);
}

export async function findOwner(db: Queryable, mediaId: string): Promise<string | undefined> {
  const row = await db.selectFrom('media').select('owner_id').where('media_id', '=', mediaId).executeTakeFirst();
  return row?.owner_id;
}

/** Counts the reports that keep it: while one does, its files stay, though nobody but moderators gets them. */
export const addEvidence = (tx: Tx, mediaId: string, count: 1 | -1) =>
  tx
    .updateTable('media')
    .set((eb) => ({ evidence_count: eb('evidence_count', '+', count) }))
    .where('media_id', '=', mediaId)
    .execute();

/** Those that reports keep, doomed ones among them. */
export const findKeptMedia = (db: Queryable, mediaIds: readonly string[]): Promise<MediaRow[]> =>
  db
    .selectFrom('media')
    .selectAll()
    .where('media_id', '=', sql<string>`any(${mediaIds}::uuid[])`)
    .where('evidence_count', '>', 0)
    .where('ready_at', 'is not', null)
    .$castTo<MediaRow>()
    .execute();
