import type { Static } from 'typebox';
import type { AccountFacts } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { accessOpenCase } from '../access.ts';
import { caseNotFound } from '../errors.ts';
import { reportResolved } from '../events.ts';
import { presentCases } from '../present-cases.ts';
import { findCase, insertNote, updateCase } from '../queries/cases.ts';
import { closeReports } from '../queries/reports.ts';
import { isReason, type Reason } from '../reasons.ts';
import { removeReported } from '../remove-reported.ts';
import { impose, readEnd, settleKeptOut } from '../sanctioning.ts';
import type { Case, CaseAction, ResolveBody } from '../schemas/cases.ts';
import type { SanctionKind } from '../schemas/sanctions.ts';
import type { ReportRow } from '../tables.ts';
import type { ModerationTools } from '../tools.ts';
import { outcomeWords } from '../words.ts';

/** Decides a case in one transaction: content, sanction, reporters and the audit log change together or not at all. */
export async function resolveCase(
  tools: ModerationTools,
  actor: Actor,
  caseId: string,
  body: ResolveBody,
): Promise<Static<typeof Case>> {
  const { action, words, note } = body;
  const now = tools.clock.now();
  const kind = SANCTIONS[action];
  const endsAt = kind && readEnd(kind, body.until, now);
  return tools.db.transaction(async (tx) => {
    const { accused } = await accessOpenCase(tools, tx, actor, caseId);
    const reports = await closeReports(tx, caseId, action === 'dismiss' ? 'dismissed' : 'upheld');
    const reason = body.reason ?? gravestOf(reports);
    if (action === 'remove_content' || (body.removeContent && action !== 'dismiss')) {
      await removeReported(tools, tx, actor, reports);
    }
    await resetWhatIsNamed(tools, tx, accused, action);
    if (kind) await impose(tools, tx, accused, { kind, reason, words, endsAt, caseId, imposedBy: actor.accountId });
    await updateCase(tx, caseId, {
      state: 'resolved',
      action,
      resolution_reason: reason,
      resolved_at: now,
      resolved_by: actor.accountId,
      claimed_by: null,
      claimed_until: null,
    });
    await settleKeptOut(tools, tx, accused.accountId);
    if (note !== undefined) {
      const row = { case_id: caseId, author_id: actor.accountId, text: note, created_at: now };
      await insertNote(tx, { note_id: tools.ids.next(), ...row });
    }
    await tellReporters(tools, tx, reports);
    await tools.audit(tx, {
      actor,
      act: 'case.resolved',
      subjectId: accused.accountId,
      reason,
      details: {
        caseId,
        action,
        before: { state: 'open' },
        after: { state: 'resolved' },
        until: endsAt?.toISOString(),
      },
    });
    const row = await findCase(tx, caseId);
    const [shown] = row ? await presentCases(tools, tx, actor, [row]) : [];
    if (!shown) throw caseNotFound();
    return shown;
  });
}

const SANCTIONS: Partial<Record<CaseAction, SanctionKind>> = {
  warn: 'warning',
  mute: 'mute',
  hide_from_search: 'search_ban',
  suspend: 'suspension',
  ban: 'ban',
};

async function resetWhatIsNamed(
  { profiles, accounts }: ModerationTools,
  tx: Tx,
  { accountId }: AccountFacts,
  action: CaseAction,
): Promise<void> {
  if (action === 'reset_avatar') await profiles.resetCard(tx, accountId, ['avatar']);
  if (action === 'reset_name') await profiles.resetCard(tx, accountId, ['name']);
  if (action !== 'reset_username') return;
  await accounts.resetUsername(tx, accountId);
  await accounts.writeTo(tx, accountId, 'usernameReset', {});
}

function gravestOf(reports: readonly ReportRow[]): Reason {
  const [gravest] = reports.toSorted((a, b) => b.severity - a.severity);
  const reason = gravest?.reason ?? 'other';
  return isReason(reason) ? reason : 'other';
}

/** Each reporter once for each report, in their own language. */
async function tellReporters(
  { accounts, announce }: ModerationTools,
  tx: Tx,
  reports: readonly ReportRow[],
): Promise<void> {
  const reporterIds = reports.flatMap(({ reporter_id }) => reporter_id ?? []);
  const people = await accounts.findAccounts(tx, [...new Set(reporterIds)]);
  const byId = new Map(people.map((person) => [person.accountId, person]));
  for (const { report_id: reportId, reporter_id: reporterId, outcome } of reports) {
    const person = byId.get(reporterId ?? '');
    if (!person || outcome === null) continue;
    const told = outcomeWords(outcome, person.locale);
    await announce(tx, reportResolved, { accountId: person.accountId, reportId, outcome, ...told });
  }
}
