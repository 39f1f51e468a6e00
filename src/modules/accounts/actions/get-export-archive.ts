import { Readable } from 'node:stream';
import { notFound } from '#platform/errors.ts';
import { isArchiveLink } from '../exports/archive-links.ts';
import { partKey } from '../exports/make-export.ts';
import { findExport } from '../queries/exports.ts';
import type { AccountsTools } from '../tools.ts';

/** The archive behind a link. A forged link, an ended one and an archive that is gone get the same answer. */
export async function getExportArchive(
  { db, clock, archives, secrets }: AccountsTools,
  exportId: string,
  link: { expires: number; signature: string },
): Promise<{ stream: Readable; sizeBytes: number }> {
  const now = clock.now();
  if (!isArchiveLink(secrets.links, exportId, link, now)) throw notFound();
  const row = await findExport(db.read, exportId);
  if (!row?.folder || !row.part_count || !row.size_bytes || !row.expires_at || row.expires_at <= now) throw notFound();
  const { folder, part_count: parts, size_bytes: sizeBytes } = row;

  async function* readParts() {
    for (let part = 0; part < parts; part += 1) {
      const bytes = await archives.open(partKey(folder ?? '', part));
      if (!bytes) throw new Error('a part of an export is gone');
      yield* bytes;
    }
  }
  return { stream: Readable.from(readParts(), { objectMode: false }), sizeBytes };
}
