import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { signArchiveLink } from '../exports/archive-links.ts';
import { presentExport } from '../present.ts';
import { findExportOf } from '../queries/exports.ts';
import type { DataExport } from '../schemas/own-data.ts';
import type { AccountsTools } from '../tools.ts';

/** How far the caller's archive is; with a link for ten minutes once it is ready. */
export async function getExport(
  { db, clock, secrets }: AccountsTools,
  { accountId }: Actor,
): Promise<Static<typeof DataExport>> {
  const now = clock.now();
  const row = await findExportOf(db.read, accountId);
  if (!row) return { state: 'none' };
  const shown = presentExport(row, now);
  return shown.state === 'ready' ? { ...shown, ...signArchiveLink(secrets.links, row.export_id, now) } : shown;
}
