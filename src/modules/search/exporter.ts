import { type Exporter, exportRows } from '#platform/exports.ts';
import type { SearchTools } from './tools.ts';

/** A person's saved searches and whom they found. */
export const createSearchExporter = ({ db: { read } }: Pick<SearchTools, 'db'>): Exporter =>
  async function* exportSearches(accountId) {
    const where = { account_id: accountId };
    yield {
      path: 'search/saved-searches.json',
      rows: exportRows(read, 'saved_searches', { where, key: ['saved_search_id'], without: ['lot'] }),
    };
    yield { path: 'search/matches.json', rows: exportRows(read, 'search_matches', { where, key: ['match_id'] }) };
  };
