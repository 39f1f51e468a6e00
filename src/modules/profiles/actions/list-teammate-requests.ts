import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import type { TeammateRequestPage, TeammateRequestsQuery } from '../schemas.ts';
import type { ProfilesTools } from '../tools.ts';
import { findCards } from './find-cards.ts';

/** Requests with the card of the other person, the latest first; those of people without a card are left out. */
export async function listTeammateRequests(
  tools: ProfilesTools,
  actor: Actor,
  { direction, limit = DEFAULT_LIMIT, cursor }: Static<typeof TeammateRequestsQuery>,
): Promise<Static<typeof TeammateRequestPage>> {
  const { items, nextCursor } = await tools.relationships.pageRequests(actor.accountId, direction, limit, cursor);
  const accountIds = [...new Set(items.map(({ userId }) => userId))];
  const cards = await findCards(tools, tools.db.read, actor, accountIds);
  const cardsById = new Map(cards.map((card) => [card.userId, card]));
  return {
    items: items.flatMap((request) => {
      const user = cardsById.get(request.userId);
      return user ? [{ request, user }] : [];
    }),
    ...(nextCursor !== undefined && { nextCursor }),
  };
}
