import { type Exporter, exportRows } from '#platform/exports.ts';
import type { ModerationTools } from './tools.ts';

/**
 * What a person reported, what was decided against them and their appeals. Who reported or decided, what the staff noted
 * and the evidence, which quotes others, is not theirs to read.
 */
export const createModerationExporter = ({ db: { read } }: Pick<ModerationTools, 'db'>): Exporter =>
  async function* exportModeration(accountId) {
    const where = { account_id: accountId };
    yield {
      path: 'moderation/reports.json',
      rows: exportRows(read, 'reports', {
        where: { reporter_id: accountId },
        key: ['report_id'],
        without: [
          'case_id',
          'subject_key',
          'evidence',
          'evidence_hash',
          'has_private_text',
          'media_ids',
          'weight',
          'severity',
        ],
      }),
    };
    yield {
      path: 'moderation/sanctions.json',
      rows: exportRows(read, 'sanctions', {
        where,
        key: ['sanction_id'],
        without: ['case_id', 'imposed_by', 'lifted_by', 'expired_at'],
      }),
    };
    yield {
      path: 'moderation/appeals.json',
      rows: exportRows(read, 'appeals', { where, key: ['appeal_id'], without: ['decided_by'] }),
    };
  };
