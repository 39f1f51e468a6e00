import { findAcquaintedPlaces, type Pair } from '../queries/messages.ts';
import type { MessengerTools } from '../tools.ts';

/** Those of the pairs that share a chat now, with no block between the two. */
export async function findAcquainted<T extends Pair>(
  { db, relationships }: MessengerTools,
  pairs: readonly T[],
): Promise<T[]> {
  const places = await findAcquaintedPlaces(db.read, pairs);
  const sharing = pairs.filter((_pair, index) => places.has(index + 1));
  const viewers = Map.groupBy(sharing, ({ viewerId }) => viewerId);
  const seen = Map.groupBy(sharing, ({ accountId }) => accountId);
  // A block is one whichever side made it; so it is asked for from the side with fewer people, mostly one.
  const isFromViewers = viewers.size <= seen.size;
  const kept = await Promise.all(
    [...(isFromViewers ? viewers : seen)].map(async ([oneId, group]) => {
      const otherOf = (pair: T) => (isFromViewers ? pair.accountId : pair.viewerId);
      const relations = await relationships.findRelations(db.read, oneId, group.map(otherOf));
      return group.filter((pair) => relations.get(otherOf(pair)) !== 'blocked');
    }),
  );
  return kept.flat();
}
