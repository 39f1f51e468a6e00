import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessAccused } from '../access.ts';
import { caseNotFound } from '../errors.ts';
import { presentNote } from '../present.ts';
import { presentCases } from '../present-cases.ts';
import { findCase, findNotes } from '../queries/cases.ts';
import { findReportsOf } from '../queries/reports.ts';
import type { CaseFile } from '../schemas/cases.ts';
import type { ReportRow } from '../tables.ts';
import type { ModerationTools } from '../tools.ts';

const MOST = 100;

/**
 * A case with its evidence. Reading what was said in a chat writes a row of the audit log in the same transaction: a
 * moderator sees no more of a chat than its reports quote, and never unseen.
 */
export async function getCase(tools: ModerationTools, actor: Actor, caseId: string): Promise<Static<typeof CaseFile>> {
  return tools.db.transaction(async (tx) => {
    const row = await findCase(tx, caseId);
    if (!row) throw caseNotFound();
    await accessAccused(tools, tx, actor, row.accused_id);
    const reports = await findReportsOf(tx, caseId, MOST);
    const quoted = reports.filter((report) => report.has_private_text && report.evidence !== null);
    if (quoted.length > 0) {
      await tools.audit(tx, {
        actor,
        act: 'case.chat_read',
        subjectId: row.accused_id,
        details: { caseId, reportIds: quoted.map(({ report_id }) => report_id) },
      });
    }
    const [shown] = await presentCases(tools, tx, actor, [row]);
    if (!shown) throw caseNotFound();
    const mediaIds = reports.flatMap(({ media_ids }) => media_ids);
    const pictures = await tools.media.findEvidencePictures(tx, mediaIds);
    return {
      case: shown,
      reports: reports.map((report) => {
        const shownPictures = report.media_ids.flatMap((mediaId) => pictures.get(mediaId) ?? []);
        return { ...presentEvidence(report), pictures: shownPictures };
      }),
      notes: (await findNotes(tx, caseId, MOST)).map(presentNote),
    };
  });
}

const presentEvidence = (row: ReportRow) => ({
  reportId: row.report_id,
  ...(row.reporter_id !== null && { reporterId: row.reporter_id }),
  subject: row.subject,
  reason: row.reason,
  ...(row.comment !== null && { comment: row.comment }),
  createdAt: row.created_at,
  weight: row.weight,
  ...(row.outcome !== null && { outcome: row.outcome }),
  ...(row.evidence !== null && { evidence: JSON.parse(row.evidence) as object }),
  evidenceSha256: row.evidence_hash.toString('hex'),
});
