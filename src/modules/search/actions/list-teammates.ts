import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { forbidden, invalidCursor } from '#platform/errors.ts';
import { DEFAULT_LIMIT, MAX_LIMIT } from '#platform/paging.ts';
import { findViewer } from '../find-viewer.ts';
import { MOST_FOR_GUESTS, presentForGuest } from '../present-for-guest.ts';
import { readFilters } from '../read-filters.ts';
import type { TeammatePage, TeammatesQuery } from '../schemas.ts';
import type { Reason } from '../score/reasons.ts';
import type { Place, Snapshot } from '../snapshots.ts';
import type { SearchTools } from '../tools.ts';

const Cursor = Type.Object({ snapshotId: Type.String(), offset: Type.Integer({ minimum: 0 }) });

/** How far down the list one can page, and how much of it is looked up at first: few people turn so many pages. */
const DEPTH = 500;
const FIRST_DEPTH = 120;

/**
 * The list of teammates, most suitable first. The first page fixes the order of `FIRST_DEPTH` people for ten minutes, the
 * page that first reaches beyond them that of the rest. Whoever may not stand in the list when their page is read (hidden,
 * blocked, on vacation, gone) is missing rather than shown, whatever the order says.
 */
export async function listTeammates(
  tools: SearchTools,
  actor: Actor,
  query: Static<typeof TeammatesQuery>,
): Promise<Static<typeof TeammatePage>> {
  const isGuest = actor.role === 'guest';
  const limit = Math.min(query.limit ?? DEFAULT_LIMIT, isGuest ? MOST_FOR_GUESTS : MAX_LIMIT);
  // A filter by the hour or by presence would tell a guest what the card keeps from them.
  if (isGuest && (query.availableAt !== undefined || query.online !== undefined)) throw forbidden();
  return query.cursor === undefined
    ? listFirst(tools, actor, query, limit)
    : listNext(tools, actor, query.cursor, limit);
}

async function listFirst(
  tools: SearchTools,
  actor: Actor,
  query: Static<typeof TeammatesQuery>,
  limit: number,
): Promise<Static<typeof TeammatePage>> {
  const { ids, snapshots, clock, engine } = tools;
  const [viewer, excluded] = await Promise.all([findViewer(tools, actor), findExcluded(tools, actor)]);
  const asked = { viewer, filters: readFilters(tools.games, query), now: clock.now().getTime() };
  const found = await engine.search({ ...asked, excluded, limit: FIRST_DEPTH, explained: limit });
  const snapshotId = ids.next();
  const hasMore = actor.role !== 'guest' && found.items.length > limit;
  const items = found.items.map(({ accountId, score }) => ({ accountId, score }));
  if (hasMore) await snapshots.keep<Snapshot>(snapshotId, { ...found, items, asked });
  return {
    items: await presentItems(tools, actor, found.items.slice(0, limit)),
    ...(hasMore && { nextCursor: sealCursor(tools, actor, snapshotId, limit) }),
    rankingVersion: found.rankingVersion,
    widened: [...found.widened],
  };
}

async function listNext(
  tools: SearchTools,
  actor: Actor,
  cursor: string,
  limit: number,
): Promise<Static<typeof TeammatePage>> {
  const { snapshotId, offset } = tools.cursors.open(purposeOf(actor), Cursor, cursor);
  const end = offset + limit;
  const [first, excluded] = await Promise.all([tools.snapshots.find<Snapshot>(snapshotId), findExcluded(tools, actor)]);
  if (!first) throw invalidCursor();
  const isInFirst = first.items.length > end || first.items.length < FIRST_DEPTH;
  const places = isInFirst ? first.items : [...first.items, ...(await findRest(tools, snapshotId, first, excluded))];
  const page = places.slice(offset, end).filter(({ accountId }) => !excluded.includes(accountId));
  const reasons = await tools.engine.findReasons(
    { ...first.asked, excluded, games: first.asked.filters.games },
    page.map(({ accountId }) => accountId),
  );
  const found = page.map((place, index) => ({ ...place, reasons: reasons[index] ?? [] }));
  return {
    items: await presentItems(tools, actor, found),
    ...(places.length > end && { nextCursor: sealCursor(tools, actor, snapshotId, end) }),
    rankingVersion: first.rankingVersion,
    widened: [...first.widened],
  };
}

/** The list goes on with whoever is not in it yet. Another request for this page may have been faster: its order counts. */
async function findRest(
  { snapshots, engine }: SearchTools,
  snapshotId: string,
  { items, asked }: Snapshot,
  excluded: readonly string[],
): Promise<readonly Place[]> {
  const key = `${snapshotId}:rest`;
  const kept = await snapshots.find<readonly Place[]>(key);
  if (kept) return kept;
  const whole = await engine.search({ ...asked, excluded, limit: DEPTH, explained: 0 });
  const known = new Set(items.map(({ accountId }) => accountId));
  const rest = whole.items
    .filter(({ accountId }) => !known.has(accountId))
    .map(({ accountId, score }) => ({ accountId, score }));
  return snapshots.keep<readonly Place[]>(key, rest.slice(0, DEPTH - known.size));
}

async function presentItems(
  { profiles, db }: SearchTools,
  actor: Actor,
  found: readonly (Place & { reasons: readonly Reason[] })[],
) {
  const cards = await profiles.findListedCards(
    db.read,
    actor,
    found.map(({ accountId }) => accountId),
  );
  const byId = new Map(cards.map((card) => [card.userId, card]));
  return found.flatMap(({ accountId, score, reasons }) => {
    const user = byId.get(accountId);
    if (!user) return [];
    return [{ user: actor.role === 'guest' ? presentForGuest(user) : user, score, reasons: reasons as never }];
  });
}

const findExcluded = (tools: SearchTools, { accountId }: Actor) => tools.findExcluded(tools.db.read, accountId);

const purposeOf = ({ accountId }: Actor) => `listTeammates:${accountId}`;

const sealCursor = ({ cursors }: SearchTools, actor: Actor, snapshotId: string, offset: number) =>
  cursors.seal(purposeOf(actor), { snapshotId, offset });
