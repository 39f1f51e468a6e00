import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { MediaRow, PictureSize } from './tables.ts';

export type NewMedia = { mediaId: string; ownerId: string; sizes: PictureSize[]; placeholder: Buffer; now: Date };

export const insertMedia = (db: Queryable, { mediaId, ownerId, sizes, placeholder, now }: NewMedia) =>
  db
    .insertInto('media')
    .values({ media_id: mediaId, owner_id: ownerId, sizes: JSON.stringify(sizes), placeholder, created_at: now })
    .execute();

export const findMedia = (db: Queryable, mediaIds: readonly string[]): Promise<MediaRow[]> =>
  db
    .selectFrom('media')
    .selectAll()
    .where('media_id', '=', sql<string>`any(${mediaIds}::uuid[])`)
    .$castTo<MediaRow>()
    .execute();

export const countMediaSince = async (db: Queryable, ownerId: string, since: Date): Promise<number> => {
  const { count } = await db
    .selectFrom('media')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('owner_id', '=', ownerId)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return count;
};

export const updateUsedAt = (tx: Tx, mediaId: string, usedAt: Date | null) =>
  tx.updateTable('media').set({ used_at: usedAt }).where('media_id', '=', mediaId).execute();

/** Counts the reports that keep it. */
export const addEvidence = (tx: Tx, mediaId: string, count: 1 | -1) =>
  tx
    .updateTable('media')
    .set((eb) => ({ evidence_count: eb('evidence_count', '+', count) }))
    .where('media_id', '=', mediaId)
    .execute();

/** Takes what nothing refers to since a moment out of the table; its files are the caller's to delete. */
export async function deleteOrphans(db: Queryable, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ media_id: string }>`
    delete from media where media_id in (
      select media_id from media where used_at is null and evidence_count = 0 and created_at < ${before} limit ${limit} for update skip locked
    ) returning media_id`.execute(db);
  return rows.map(({ media_id }) => media_id);
}
