import { type Exporter, exportRows } from '#platform/exports.ts';
import type { RelationshipsTools } from './tools.ts';

/** Whom a person asked, plays with, blocked and hid. Who blocked or hid this person is theirs to know. */
export const createRelationshipsExporter = ({ db: { read } }: RelationshipsTools): Exporter =>
  async function* exportRelationships(accountId) {
    const where = { account_id: accountId };
    const folder = 'relationships';
    yield {
      path: `${folder}/privacy.json`,
      rows: exportRows(read, 'privacy_settings', { where, key: ['account_id'] }),
    };
    yield { path: `${folder}/teammates.json`, rows: exportRows(read, 'teammates', { where, key: ['teammate_id'] }) };
    yield {
      path: `${folder}/requests-sent.json`,
      rows: exportRows(read, 'teammate_requests', {
        where: { sender_id: accountId },
        key: ['request_id'],
        // A refusal looks like waiting to who asked.
        mask: (row) => (row.state === 'declined' ? { ...row, state: 'pending', closed_at: null } : row),
      }),
    };
    yield {
      path: `${folder}/requests-received.json`,
      rows: exportRows(read, 'teammate_requests', {
        where: { recipient_id: accountId },
        key: ['created_at', 'request_id'],
      }),
    };
    yield { path: `${folder}/blocks.json`, rows: exportRows(read, 'blocks', { where, key: ['blocked_id'] }) };
    yield { path: `${folder}/hidden.json`, rows: exportRows(read, 'hidden_people', { where, key: ['hidden_id'] }) };
  };
