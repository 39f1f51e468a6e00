import type { Static } from 'typebox';
import type { PartyFacts } from '#modules/parties/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { PartyCandidates } from '../party-schemas.ts';
import { playedOf, wishesOf } from '../party-wishes.ts';
import { noFilters, type TeammateFilters } from '../score/filters.ts';
import { fitsSlot, type SlotWish } from '../score/slot-fit.ts';
import { rankingWeights } from '../score/weights.ts';
import { toPlayer } from '../to-player.ts';
import type { SearchTools } from '../tools.ts';

const DEFAULT = 20;
/** Roles are not in the index: so many times more are found, and those whom no free place suits are left out. */
const SURPLUS = 3;
/** Of a raid so many are asked, and so far down their lists: what one call may cost the thread of the search. */
const MOST_MEMBERS = 6;
const DEEPEST = 500;

/** People who would suit everybody in the caller's party and some free place of it, most suitable first. */
export async function listPartyCandidates(
  tools: SearchTools,
  actor: Actor,
  partyId: string,
  limit = DEFAULT,
): Promise<Static<typeof PartyCandidates>> {
  const { db, profiles, engine } = tools;
  const { rankingVersion } = rankingWeights;
  const party = await tools.parties.findLedParty(db.read, actor, partyId);
  const wishes = wishesOf(tools, party);
  if (wishes.length === 0) return { items: [], rankingVersion };
  const keptApart = await Promise.all(party.memberIds.map((memberId) => tools.findExcluded(tools.db.read, memberId)));
  const asked = [actor.accountId, ...party.memberIds.filter((memberId) => memberId !== actor.accountId)];
  const members = (await profiles.findSearchProfiles(db.read, asked.slice(0, MOST_MEMBERS))).map((profile) =>
    toPlayer(profile, 0),
  );
  const now = tools.clock.now().getTime();
  const excluded = [...new Set([...party.memberIds, ...keptApart.flat()])];
  const filters = filtersOf(party, wishes);
  const query = { members, filters, excluded, now, limit: limit * SURPLUS, deepest: DEEPEST };
  const found = await engine.searchForGroup(query);
  const accountIds = found.map(({ accountId }) => accountId);
  const cards = new Map((await profiles.findCards(db.read, actor, accountIds)).map((card) => [card.userId, card]));
  const fitting = found.flatMap(({ accountId, score }) => {
    const user = cards.get(accountId);
    const played = playedOf(tools, user, party.gameId);
    const slots = wishes.filter((wish) => fitsSlot(wish, played)).map(({ index }) => index);
    return user && slots.length > 0 ? [{ user, score, slots }] : [];
  });
  const best = fitting.slice(0, limit);
  const host = members.find(({ accountId }) => accountId === actor.accountId);
  const bestIds = best.map(({ user }) => user.userId);
  const games = [party.gameId];
  const reasons = host ? await engine.findReasons({ viewer: host, excluded, now, games }, bestIds) : [];
  return {
    items: best.map((candidate, index) => ({ ...candidate, reasons: (reasons[index] ?? []) as never })),
    rankingVersion,
  };
}

/** What all free places have in common; each alone is looked at afterwards. */
function filtersOf({ gameId, languages, platform, region, voice }: PartyFacts, wishes: SlotWish[]): TeammateFilters {
  const lowest = Math.min(...wishes.map(({ minRankIndex }) => minRankIndex ?? -1));
  const highest = Math.max(...wishes.map(({ maxRankIndex }) => maxRankIndex ?? Infinity));
  return {
    ...noFilters,
    games: [gameId],
    languages,
    platforms: platform === undefined ? [] : [platform],
    regions: region === undefined ? [] : [region],
    ...(voice && { voice }),
    ...(lowest >= 0 && { minRankIndex: lowest }),
    ...(highest < Infinity && { maxRankIndex: highest }),
  };
}
