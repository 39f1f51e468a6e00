import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import type { MyTeammatePage, TeammatesQuery } from '../schemas.ts';
import type { ProfilesTools } from '../tools.ts';
import { findCards } from './find-cards.ts';

/** The caller's teammates with their cards, the latest first; a teammate who is away for good has no card and no line. */
export async function listMyTeammates(
  tools: ProfilesTools,
  actor: Actor,
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof TeammatesQuery>,
): Promise<Static<typeof MyTeammatePage>> {
  const { items, nextCursor } = await tools.relationships.pageTeammates(actor.accountId, limit, cursor);
  const accountIds = items.map(({ accountId }) => accountId);
  const cards = await findCards(tools, tools.db.read, actor, accountIds);
  const cardsById = new Map(cards.map((card) => [card.userId, card]));
  return {
    items: items.flatMap(({ accountId, since }) => {
      const user = cardsById.get(accountId);
      return user ? [{ user, since }] : [];
    }),
    ...(nextCursor !== undefined && { nextCursor }),
  };
}
