import { type Exporter, exportRows } from '#platform/exports.ts';
import type { ProfilesTools } from './tools.ts';

/** What a person says of himself, for that person. */
export const createProfileExporter = ({ db }: ProfilesTools): Exporter =>
  async function* exportProfile(accountId) {
    const where = { account_id: accountId };
    yield { path: 'profiles/profile.json', rows: exportRows(db.read, 'profiles', { where, key: ['account_id'] }) };
    yield { path: 'profiles/games.json', rows: exportRows(db.read, 'profile_games', { where, key: ['game_id'] }) };
  };
