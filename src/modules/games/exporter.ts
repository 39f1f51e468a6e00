import { type Exporter, exportRows } from '#platform/exports.ts';
import type { GamesTools } from './tools.ts';

/** The games that a person missed. */
export const createGamesExporter = ({ db }: Pick<GamesTools, 'db'>): Exporter =>
  async function* exportSuggestions(accountId) {
    const where = { account_id: accountId };
    yield {
      path: 'games/suggestions.json',
      rows: exportRows(db.read, 'game_suggesters', { where, key: ['suggestion_id'] }),
    };
  };
