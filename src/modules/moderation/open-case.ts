import { createHash } from 'node:crypto';
import type { Tx } from '#platform/database.ts';
import { casePriority } from './case-priority.ts';
import { type FoundSubject, subjectKeyOf } from './find-subject.ts';
import { lockOpenCase, updateCase } from './queries/cases.ts';
import { findReport, findVoices, insertReport } from './queries/reports.ts';
import { type Reason, reasonRules } from './reasons.ts';
import type { ReportRow } from './tables.ts';
import type { ModerationTools } from './tools.ts';

/** A report is acted on within a day: Apple asks for it, and people do. */
const DUE_MS = 24 * 3_600_000;

/**
 * Puts a report into the one open case about the accused, with the evidence as it is now, and weighs the case anew. Who
 * says the same of the same thing again gets the first report back.
 */
export async function openCase(
  { clock, ids, media }: ModerationTools,
  tx: Tx,
  found: FoundSubject,
  report: { kind: 'report' | 'review'; reporterId?: string; reason: Reason; comment?: string; weight: number },
): Promise<ReportRow> {
  const now = clock.now();
  const { case_id: caseId } = await lockOpenCase(tx, {
    case_id: ids.next(),
    kind: report.kind,
    accused_id: found.accusedId,
    state: 'open',
    priority: 0,
    opened_at: now,
    due_at: new Date(now.getTime() + DUE_MS),
  });
  const { mediaIds = [] } = found;
  const evidence = JSON.stringify(found.evidence);
  const evidenceHash = createHash('sha256').update(evidence).digest();
  // The same field may be held again with other words.
  const subjectKey =
    subjectKeyOf(found.subject) + (report.kind === 'review' ? `:${evidenceHash.toString('base64')}` : '');
  const row = await insertReport(tx, {
    report_id: ids.next(),
    case_id: caseId,
    reporter_id: report.reporterId ?? null,
    subject_kind: found.subject.kind,
    subject: JSON.stringify(found.subject),
    subject_key: subjectKey,
    reason: report.reason,
    comment: report.comment ?? null,
    evidence,
    evidence_hash: evidenceHash,
    has_private_text: found.hasPrivateText,
    media_ids: [...mediaIds],
    weight: report.weight,
    severity: reasonRules[report.reason].severity,
    created_at: now,
  });
  if (!row) return findReport(tx, caseId, report.reporterId, subjectKey);
  for (const mediaId of mediaIds) await media.keepAsEvidence(tx, mediaId);
  const voices = await findVoices(tx, caseId);
  const priority = casePriority(voices.map((voice) => ({ ...voice, reporterId: voice.reporter_id })));
  await updateCase(tx, caseId, { priority });
  return row;
}
