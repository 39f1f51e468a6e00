import type { SearchEngine, TeammateQuery } from './engine.ts';
import type { SearchPlayer } from './player.ts';
import { hasTaste } from './taste.ts';

export interface GroupQuery extends Omit<TeammateQuery, 'viewer' | 'isStrict'> {
  /** At least one; they are not in the answer themselves. */
  readonly members: readonly SearchPlayer[];
  /** Reads no member's list deeper than this, and may miss people then; absent: as deep as it takes. */
  readonly deepest?: number;
}

export interface GroupCandidate {
  readonly accountId: string;
  /** 0..1: the score of the member whom they suit least. */
  readonly score: number;
}

/** Lists this much longer than asked for mostly settle the question at once. */
const firstFactor = 4;

/**
 * Who would suit every member of a group: a candidate is worth what the least suited member would give them, so that one
 * cold side sinks the pair. Soft filters are kept. Exact: each member's list is read to a depth below which nobody unseen
 * can come among the best (the threshold algorithm of Fagin, Lotem and Naor).
 */
export function searchForGroup(engine: SearchEngine, query: GroupQuery): GroupCandidate[] {
  const { members, limit, deepest = Infinity } = query;
  const memberIds = members.map(({ accountId }) => accountId);
  const excluded = [...query.excluded, ...memberIds];
  for (let depth = Math.min(deepest, Math.max(1, limit * firstFactor)); ; depth = Math.min(deepest, depth * 4)) {
    const lists = members.map(
      (viewer) => engine.search({ ...query, viewer, excluded, limit: depth, explained: 0, isStrict: true }).items,
    );
    const seen = new Set(lists.flatMap((list) => list.map(({ accountId }) => accountId)));
    const candidates = [...seen].flatMap((accountId) => leastSuited(engine, query, excluded, lists, accountId) ?? []);
    const best = candidates.toSorted(mostSuitableFirst).slice(0, limit);
    const isRead = depth >= deepest || lists.some((list) => list.length < depth);
    const unseen = Math.min(...lists.map((list) => list.at(-1)?.score ?? 0));
    if (isRead || (best.length === limit && (best.at(-1)?.score ?? 0) > unseen)) return best;
  }
}

/** Undefined when some member may not meet them. */
function leastSuited(
  engine: SearchEngine,
  { members, filters, now }: GroupQuery,
  excluded: readonly string[],
  lists: readonly (readonly GroupCandidate[])[],
  accountId: string,
): GroupCandidate | undefined {
  let least = 1;
  for (const [place, viewer] of members.entries()) {
    const listed = lists[place]?.find((found) => found.accountId === accountId)?.score;
    const fit =
      listed === undefined ? engine.explain({ viewer, excluded, now, games: filters.games }, accountId) : undefined;
    const score = listed ?? (fit !== undefined && sharesGame(viewer, filters, fit.parts.games) ? fit.score : undefined);
    if (score === undefined) return undefined;
    least = Math.min(least, score);
  }
  return { accountId, score: least };
}

function sharesGame(
  viewer: SearchPlayer,
  { needsCommonGame, games }: GroupQuery['filters'],
  gamesPart: number,
): boolean {
  return !needsCommonGame || !hasTaste(viewer, games) || gamesPart > 0;
}

function mostSuitableFirst(a: GroupCandidate, b: GroupCandidate): number {
  return b.score - a.score || (a.accountId < b.accountId ? -1 : 1);
}
