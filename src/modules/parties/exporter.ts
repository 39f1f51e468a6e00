import { type Exporter, exportRows } from '#platform/exports.ts';
import type { PartiesTools } from './tools.ts';

/** The parties that a person led, was in and applied to. Whether an application was refused is the host's to know. */
export const createPartiesExporter = ({ db: { read } }: Pick<PartiesTools, 'db'>): Exporter =>
  async function* exportParties(accountId) {
    const where = { account_id: accountId };
    yield {
      path: 'parties/led.json',
      rows: exportRows(read, 'parties', { where: { host_id: accountId }, key: ['party_id'] }),
    };
    yield { path: 'parties/been-in.json', rows: exportRows(read, 'party_members', { where, key: ['party_id'] }) };
    yield {
      path: 'parties/applications.json',
      rows: exportRows(read, 'party_applications', {
        where: { applicant_id: accountId },
        key: ['application_id'],
        without: ['state', 'closed_at', 'withdrawn_at'],
      }),
    };
  };
