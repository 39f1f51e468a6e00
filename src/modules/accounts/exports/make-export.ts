import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { Tx } from '#platform/database.ts';
import type { Exporter, ExportFile } from '#platform/exports.ts';
import { defineJob, type JobHandler, jobHandler } from '#platform/jobs.ts';
import { queueMail } from '../mails.ts';
import { findAccount } from '../queries/accounts.ts';
import { deleteExportOf, findExport, markExportReady } from '../queries/exports.ts';
import type { AccountsTools } from '../tools.ts';
import { createAccountExporter } from './export-account.ts';
import { packArchive } from './pack-archive.ts';

const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;
const LEASE_SECONDS = 900;

/** What is in memory while an archive is made or fetched. */
const PART_BYTES = 4_194_304;

const makeJob = defineJob('accounts.make_export', Type.Object({ exportId: Type.String() }), LEASE_SECONDS);
const removeJob = defineJob('accounts.remove_export', Type.Object({ folder: Type.String() }));

export const queueExport = ({ enqueue }: AccountsTools, tx: Tx, exportId: string): Promise<void> =>
  enqueue(tx, makeJob, { exportId });

/** Has the files of an export removed: all of them, or those of one run. */
export const queueExportRemoval = ({ enqueue }: AccountsTools, tx: Tx, folder: string): Promise<void> =>
  enqueue(tx, removeJob, { folder });

/** Takes an account's export away, whether it is being made or lies ready. */
export async function removeExportOf(tools: AccountsTools, tx: Tx, accountId: string): Promise<void> {
  const exportId = await deleteExportOf(tx, accountId);
  if (exportId) await queueExportRemoval(tools, tx, exportId);
}

export const partKey = (folder: string, part: number): string => `${folder}/${part}`;

/** Makes archives of what this module holds and of what the given exporters hold. */
export const exportJobHandlers = (tools: AccountsTools, exporters: readonly Exporter[]): JobHandler[] => [
  jobHandler(makeJob, ({ exportId }) => makeExport(tools, [createAccountExporter(tools), ...exporters], exportId)),
  jobHandler(removeJob, ({ folder }) => tools.archives.deleteFolder(folder)),
];

async function makeExport(tools: AccountsTools, exporters: readonly Exporter[], exportId: string): Promise<void> {
  const { db, clock, archives } = tools;
  const row = await findExport(db.read, exportId);
  if (row?.state !== 'preparing') return;
  const accountId = row.account_id;
  // A folder for each run: one that was believed dead must not mix its parts with those of the next.
  const folder = `${exportId}/${randomUUID()}`;
  let parts = 0;
  let sizeBytes = 0;
  for await (const part of packArchive(collect(exporters, accountId), PART_BYTES)) {
    await archives.write(partKey(folder, parts), part);
    parts += 1;
    sizeBytes += part.length;
  }
  await db.transaction(async (tx) => {
    const expiresAt = new Date(clock.now().getTime() + KEPT_DAYS * DAY_MS);
    const archive = { folder, part_count: parts, size_bytes: sizeBytes, expires_at: expiresAt };
    if (!(await markExportReady(tx, exportId, archive))) return queueExportRemoval(tools, tx, folder);
    const account = await findAccount(tx, accountId);
    if (!account?.email || !account.email_verified_at) return;
    const { email: to, locale, username } = account;
    await queueMail(tools, tx, { name: 'exportReady', to, locale, values: { username, days: KEPT_DAYS } });
  });
}

async function* collect(exporters: readonly Exporter[], accountId: string): AsyncGenerator<ExportFile> {
  for (const exporter of exporters) yield* exporter(accountId);
}
