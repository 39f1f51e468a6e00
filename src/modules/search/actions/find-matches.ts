import type { Tx } from '#platform/database.ts';
import { ProblemError } from '#platform/errors.ts';
import { fitsWell } from '../fits-well.ts';
import { presentSavedSearch } from '../present.ts';
import { findSavedSearchesFor, insertMatch } from '../queries.ts';
import { readFilters } from '../read-filters.ts';
import { candidateOf } from '../score/score.ts';
import type { SavedSearchRow } from '../tables.ts';
import { toPlayer } from '../to-player.ts';
import type { SearchTools } from '../tools.ts';
import { announceMatches, knownSince } from './announce-matches.ts';

/** The most that one changed profile costs: searches looked at, and pairs scored (about 20 µs each). */
const LOOKED = 2_000;
const SCORED = 500;

/**
 * Holds a changed profile against the saved searches of others and tells the owners whom it fits well: first those that
 * name one of the person's games, then those that name none. Where there are more than LOOKED of them each change meets a
 * part that chance picks; the next change meets another.
 */
export async function findMatches(tools: SearchTools, tx: Tx, matchId: string): Promise<void> {
  const now = tools.clock.now();
  const [profile] = await tools.profiles.findSearchProfiles(tx, [matchId]);
  if (!profile?.isFindable) return;
  const saved = await findSavedSearchesFor(tx, {
    matchId,
    games: profile.games.map(({ gameSlug }) => gameSlug),
    since: knownSince(now),
    lot: Math.random(),
    looked: LOOKED,
    limit: SCORED,
  });
  if (saved.length === 0) return;
  const unanswered = await tools.countUnanswered(tx, [matchId]);
  const candidate = candidateOf(toPlayer(profile, unanswered.get(matchId) ?? 0));
  const owners = await findOwners(tools, tx, saved, matchId);
  for (const row of saved) {
    const owner = owners.get(row.account_id);
    const filters = filtersOf(tools, row);
    if (!owner || !filters || !fitsWell(owner, candidate, filters, tools.statistics(), now)) continue;
    owners.delete(row.account_id);
    const { account_id, saved_search_id } = row;
    await insertMatch(tx, { account_id, match_id: matchId, saved_search_id, found_at: now }, knownSince(now));
    await announceMatches(tools, tx, account_id);
  }
}

/** Those to whom the person is a stranger: teammates and blocked people are no news. */
async function findOwners(tools: SearchTools, tx: Tx, saved: readonly SavedSearchRow[], matchId: string) {
  const ownerIds = [...new Set(saved.map(({ account_id }) => account_id))];
  const [profiles, relations] = await Promise.all([
    tools.profiles.findSearchProfiles(tx, ownerIds),
    tools.relationships.findRelations(tx, matchId, ownerIds),
  ]);
  return new Map(
    profiles
      .filter(({ accountId }) => relations.get(accountId) === 'stranger')
      .map((profile) => [profile.accountId, toPlayer(profile, 0)]),
  );
}

/** Absent when the catalogue no longer knows what it asks for. */
function filtersOf({ games }: SearchTools, row: SavedSearchRow) {
  try {
    return readFilters(games, presentSavedSearch(row).filters, '');
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
