import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { tooManyRequests, unauthenticated } from '#platform/errors.ts';
import { queueExport, queueExportRemoval } from '../exports/make-export.ts';
import { presentExport } from '../present.ts';
import { lockAccount } from '../queries/accounts.ts';
import { type ExportRow, findExportOf, upsertExport } from '../queries/exports.ts';
import type { DataExport } from '../schemas/own-data.ts';
import type { AccountsTools } from '../tools.ts';

const MAX_A_DAY = 2;
const DAY_MS = 86_400_000;
/** The job that made it has been given up by then. */
const LOST_MS = 6 * 3_600_000;

/** Asks for an archive of everything held about the caller. While one is being made, asking again changes nothing. */
export async function requestExport(tools: AccountsTools, { accountId }: Actor): Promise<Static<typeof DataExport>> {
  const { db, clock, ids } = tools;
  const now = clock.now();
  return db.transaction(async (tx) => {
    if (!(await lockAccount(tx, accountId))) throw unauthenticated();
    const before = await findExportOf(tx, accountId);
    if (before && isUnderWay(before, now)) return presentExport(before, now);
    const day = takeTurn(before, now);
    if (before) await queueExportRemoval(tools, tx, before.export_id);
    const exportId = ids.next();
    const row = { account_id: accountId, export_id: exportId, state: 'preparing', requested_at: now, ...day } as const;
    const made = await upsertExport(tx, row);
    await queueExport(tools, tx, exportId);
    return presentExport(made, now);
  });
}

const isUnderWay = ({ state, requested_at: requestedAt }: ExportRow, now: Date): boolean =>
  state === 'preparing' && now.getTime() - requestedAt.getTime() < LOST_MS;

function takeTurn(before: ExportRow | undefined, now: Date) {
  const dayEnd = before ? before.day_started_at.getTime() + DAY_MS : 0;
  if (!before || dayEnd <= now.getTime()) return { day_started_at: now, requested_that_day: 1 };
  if (before.requested_that_day >= MAX_A_DAY)
    throw tooManyRequests({ retryAfterSeconds: Math.ceil((dayEnd - now.getTime()) / 1_000) });
  return { day_started_at: before.day_started_at, requested_that_day: before.requested_that_day + 1 };
}
