import { type Exporter, exportRows } from '#platform/exports.ts';
import type { RatingsTools } from './tools.ts';

/** The ratings that a person gave. Those received would tell who gave them; what they come to is on the profile. */
export const createRatingsExporter = ({ db: { read } }: RatingsTools): Exporter =>
  async function* exportRatings(accountId) {
    yield {
      path: 'ratings/given.json',
      rows: exportRows(read, 'ratings', { where: { rater_id: accountId }, key: ['rated_id'] }),
    };
    yield {
      path: 'ratings/agreement.json',
      rows: exportRows(read, 'rater_agreements', { where: { account_id: accountId }, key: ['account_id'] }),
    };
  };
