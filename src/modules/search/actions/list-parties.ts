import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { forbidden, invalidCursor } from '#platform/errors.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { inputFault } from '#platform/validation.ts';
import type { PartiesQuery, PartyPage } from '../party-schemas.ts';
import { MOST_FOR_GUESTS } from '../present-for-guest.ts';
import { rankParties } from '../rank-parties.ts';
import type { PartyScore } from '../score/party-score.ts';
import type { PartySnapshot } from '../snapshots.ts';
import type { SearchTools } from '../tools.ts';

const Place = Type.Object({ snapshotId: Type.String(), offset: Type.Integer({ minimum: 0 }) });

/**
 * Parties with a free place, most suitable first. The first page fixes the order for ten minutes; later pages look at each
 * party anew, so one that has filled up meanwhile is missing rather than shown.
 */
export async function listParties(
  tools: SearchTools,
  actor: Actor,
  { mine, limit = DEFAULT_LIMIT, cursor, ...query }: PartiesQuery,
): Promise<Static<typeof PartyPage>> {
  if (mine) return listOwn(tools, actor, query, limit, cursor);
  const { cursors, ids, snapshots } = tools;
  const isGuest = actor.role === 'guest';
  const size = isGuest ? Math.min(limit, MOST_FOR_GUESTS) : limit;
  const purpose = `listParties:${actor.accountId}`;
  const place = cursor === undefined ? { snapshotId: ids.next(), offset: 0 } : cursors.open(purpose, Place, cursor);
  const order =
    cursor === undefined
      ? await rankParties(tools, actor, query)
      : await snapshots.find<PartySnapshot>(place.snapshotId);
  if (!order) throw invalidCursor();

  const end = place.offset + size;
  const hasMore = !isGuest && order.length > end;
  if (hasMore && cursor === undefined) await snapshots.keep<PartySnapshot>(place.snapshotId, order);
  const page = order.slice(place.offset, end);
  const scores = new Map(page.map((one) => [one.partyId, one]));
  const parties = await tools.parties.presentOpenParties(tools.db.read, actor, [...scores.keys()]);
  return {
    items: parties.map((party) => ({ party, ...presentScore(scores.get(party.partyId), isGuest) })),
    ...(hasMore && { nextCursor: cursors.seal(purpose, { snapshotId: place.snapshotId, offset: end }) }),
  };
}

async function listOwn(
  { parties }: SearchTools,
  actor: Actor,
  filters: object,
  limit: number,
  cursor: string | undefined,
): Promise<Static<typeof PartyPage>> {
  if (actor.role === 'guest') throw forbidden();
  if (Object.keys(filters).length > 0) throw inputFault('/query/mine', 'format', NO_FILTERS);
  const { items, ...rest } = await parties.pageOwnParties(actor, limit, cursor);
  return { items: items.map((party) => ({ party, reasons: [], fit: [] })), ...rest };
}

/** Why the host suits them would tell a guest of the host. */
function presentScore(found: PartyScore | undefined, isGuest: boolean) {
  if (!found) return { reasons: [], fit: [] };
  const { score, reasons, fit } = found;
  return { score, reasons: reasons as never, fit: isGuest ? [] : (fit as never) };
}

const NO_FILTERS = { en: 'takes no filters beside it', ru: 'не сочетается с фильтрами' };
