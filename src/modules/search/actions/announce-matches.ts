import type { Tx } from '#platform/database.ts';
import { matchFound } from '../events.ts';
import { countAnnounced, deleteMatch, findWaitingMatches, lockOwner, markAnnounced } from '../queries.ts';
import { isNight } from '../quiet-hours.ts';
import type { SearchTools } from '../tools.ts';

const DAY_MS = 86_400_000;
const MOST_A_DAY = 3;
const PAIR_DAYS = 30;
const LOOKED = 20;

/** Pairs found after this are known. */
export const knownSince = (now: Date): Date => new Date(now.getTime() - PAIR_DAYS * DAY_MS);

/**
 * Announces the people who wait to be told to this owner, the latest first: none in the owner's night, at most three in
 * any 24 hours. Whom the owner may no longer meet is dropped.
 */
export async function announceMatches(tools: SearchTools, tx: Tx, accountId: string): Promise<void> {
  const now = tools.clock.now();
  await lockOwner(tx, accountId);
  let room = MOST_A_DAY - (await countAnnounced(tx, accountId, new Date(now.getTime() - DAY_MS)));
  if (room <= 0) return;
  const waiting = await findWaitingMatches(tx, accountId, LOOKED);
  const seen = [accountId, ...waiting.map(({ match_id }) => match_id)];
  const cards = new Map((await tools.profiles.findCards(tx, { accountId }, seen)).map((card) => [card.userId, card]));
  if (isNight(now, cards.get(accountId)?.timeZone ?? 'UTC')) return;
  const excluded = new Set(await tools.findExcluded(tx, accountId));
  for (const { match_id: matchId, saved_search_id: savedSearchId } of waiting) {
    if (room === 0) return;
    if (savedSearchId === null) continue;
    if (!cards.has(matchId) || excluded.has(matchId)) {
      await deleteMatch(tx, accountId, matchId);
      continue;
    }
    await markAnnounced(tx, accountId, matchId, now);
    await tools.announce(tx, matchFound, { accountId, savedSearchId, matchId });
    room -= 1;
  }
}
