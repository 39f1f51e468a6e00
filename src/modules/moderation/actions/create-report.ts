import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Locale } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { cleanText } from '#platform/texts.ts';
import { reportQuotaReached } from '../errors.ts';
import { findSubject } from '../find-subject.ts';
import { openCase } from '../open-case.ts';
import { presentReport } from '../present.ts';
import { countReportsSince, lockReporter, tallyReports } from '../queries/reports.ts';
import { reporterWeight } from '../reporter-weight.ts';
import type { ReportBody, ReportReceipt } from '../schemas/reports.ts';
import type { ModerationTools } from '../tools.ts';

const DAILY_REPORTS = 20;
const DAY_MS = 86_400_000;

/** Reports something that the caller may see. The evidence is copied at this moment and outlives whatever happens to it. */
export async function createReport(
  tools: ModerationTools,
  actor: Actor,
  body: ReportBody,
  { key, locale }: { key: string | undefined; locale: Locale },
): Promise<Static<typeof ReportReceipt>> {
  const { accountId } = actor;
  const comment = cleanText(body.comment ?? '');
  return tools.db.transaction((tx) =>
    once(tx, { scope: `createReport:${accountId}`, key, request: body }, async () => {
      await lockReporter(tx, accountId);
      const found = await findSubject(tools, tx, actor, body.subject);
      const dayAgo = new Date(tools.clock.now().getTime() - DAY_MS);
      if ((await countReportsSince(tx, accountId, dayAgo)) >= DAILY_REPORTS) {
        throw reportQuotaReached({ retryAfterSeconds: DAY_MS / 1_000 });
      }
      const row = await openCase(tools, tx, found, {
        kind: 'report',
        reporterId: accountId,
        reason: body.reason,
        ...(comment && { comment }),
        weight: reporterWeight(await tallyReports(tx, accountId)),
      });
      const relations = await tools.relationships.findRelations(tx, accountId, [found.accusedId]);
      const isBlocked = relations.get(found.accusedId) === 'blocked';
      return { report: presentReport(row, locale), suggest: isBlocked ? [] : ['block', 'hide'] };
    }),
  );
}
