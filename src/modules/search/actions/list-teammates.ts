import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { forbidden, invalidCursor } from '#platform/errors.ts';
import { DEFAULT_LIMIT, MAX_LIMIT } from '#platform/paging.ts';
import { findViewer } from '../find-viewer.ts';
import { MOST_FOR_GUESTS, presentForGuest } from '../present-for-guest.ts';
import { readFilters } from '../read-filters.ts';
import type { TeammatePage, TeammatesQuery } from '../schemas.ts';
import type { Snapshot } from '../snapshots.ts';
import type { SearchTools } from '../tools.ts';

const Place = Type.Object({ snapshotId: Type.String(), offset: Type.Integer({ minimum: 0 }) });

/** How far down the list one can page, and how much of it is looked up at first: few people turn so many pages. */
const DEPTH = 500;
const FIRST_DEPTH = 120;

/**
 * The list of teammates, most suitable first. The first page fixes the order of `FIRST_DEPTH` people for ten minutes, the
 * page that first reaches beyond them that of the rest; else later pages only ask for the cards anew, so somebody who has
 * blocked the caller meanwhile is missing rather than shown.
 */
export async function listTeammates(
  tools: SearchTools,
  actor: Actor,
  query: Static<typeof TeammatesQuery>,
): Promise<Static<typeof TeammatePage>> {
  const { cursors, ids, snapshots } = tools;
  const { cursor } = query;
  const isGuest = actor.role === 'guest';
  const limit = Math.min(query.limit ?? DEFAULT_LIMIT, isGuest ? MOST_FOR_GUESTS : MAX_LIMIT);
  // A filter by the hour or by presence would tell a guest what the card keeps from them.
  if (isGuest && (query.availableAt !== undefined || query.online !== undefined)) throw forbidden();
  const purpose = `listTeammates:${actor.accountId}`;
  const place = cursor === undefined ? { snapshotId: ids.next(), offset: 0 } : cursors.open(purpose, Place, cursor);
  const end = place.offset + limit;
  const snapshot =
    cursor === undefined ? await rank(tools, actor, query, limit) : await findSnapshot(tools, place.snapshotId, end);
  if (!snapshot) throw invalidCursor();

  const hasMore = !isGuest && snapshot.items.length > end;
  if (hasMore && cursor === undefined) snapshots.set(place.snapshotId, snapshot);
  const page = snapshot.items.slice(place.offset, end);
  return {
    items: await presentItems(tools, actor, cursor === undefined ? page : await addReasons(tools, snapshot, page)),
    ...(hasMore && { nextCursor: cursors.seal(purpose, { snapshotId: place.snapshotId, offset: end }) }),
    rankingVersion: snapshot.rankingVersion,
    widened: [...snapshot.widened],
  };
}

async function rank(
  tools: SearchTools,
  actor: Actor,
  query: Static<typeof TeammatesQuery>,
  explained: number,
): Promise<Snapshot> {
  const filters = readFilters(tools.games, query);
  const [viewer, excluded] = await Promise.all([
    findViewer(tools, actor),
    tools.findExcluded(tools.db.read, actor.accountId),
  ]);
  const now = tools.clock.now().getTime();
  const asked = { viewer, filters, excluded, now };
  const result = await tools.engine.search({ ...asked, limit: FIRST_DEPTH, explained });
  return { ...result, isWhole: result.items.length < FIRST_DEPTH, asked };
}

/** With all of the list when the page reaches beyond what was looked up: below it goes on with whoever is not in it yet. */
async function findSnapshot({ snapshots, engine }: SearchTools, snapshotId: string, end: number) {
  const snapshot = snapshots.get(snapshotId);
  if (!snapshot || snapshot.isWhole || snapshot.items.length > end) return snapshot;
  const { items } = await engine.search({ ...snapshot.asked, limit: DEPTH, explained: 0 });
  // Another request for the same page may have been faster; its order counts.
  const present = snapshots.get(snapshotId);
  if (!present || present.isWhole) return present;
  const known = new Set(present.items.map(({ accountId }) => accountId));
  const rest = items.filter(({ accountId }) => !known.has(accountId)).slice(0, DEPTH - known.size);
  const whole = { ...present, items: [...present.items, ...rest], isWhole: true };
  snapshots.set(snapshotId, whole);
  return whole;
}

async function addReasons(tools: SearchTools, { asked }: Snapshot, page: Snapshot['items']) {
  const accountIds = page.map(({ accountId }) => accountId);
  const reasons = await tools.engine.findReasons({ ...asked, games: asked.filters.games }, accountIds);
  return page.map((found, index) => ({ ...found, reasons: reasons[index] ?? [] }));
}

async function presentItems({ profiles, db }: SearchTools, actor: Actor, found: Snapshot['items']) {
  const cards = await profiles.findCards(
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
