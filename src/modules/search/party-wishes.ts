import type { Static } from 'typebox';
import { type PartyFacts, rankIndex } from '#modules/parties/index.ts';
import type { Card } from '#modules/profiles/index.ts';
import type { PlayedGame, SlotWish } from './score/slot-fit.ts';
import type { SearchTools } from './tools.ts';

/** The free places of a party as the ranking compares them. */
export function wishesOf({ games }: Pick<SearchTools, 'games'>, { gameId, freeSlots }: PartyFacts): SlotWish[] {
  const game = games.getGame(gameId);
  const indexOf = (rank: string | undefined) => (game && rank !== undefined ? rankIndex(game, rank) : undefined);
  return freeSlots.map(({ index, role, minRank, maxRank }) => {
    const [minRankIndex, maxRankIndex] = [indexOf(minRank), indexOf(maxRank)];
    return {
      index,
      ...(role !== undefined && { role }),
      ...(minRankIndex !== undefined && { minRankIndex }),
      ...(maxRankIndex !== undefined && { maxRankIndex }),
    };
  });
}

/** Somebody's part in a game, by their card; absent when they do not name it. */
export function playedOf(
  { games }: Pick<SearchTools, 'games'>,
  card: Static<typeof Card> | undefined,
  gameId: string,
): PlayedGame | undefined {
  const played = card?.games.find((one) => one.gameId === gameId);
  const game = games.getGame(gameId);
  if (!played || !game) return undefined;
  const index = played.rank === undefined ? undefined : rankIndex(game, played.rank.slug);
  return { roles: played.roles.map(({ slug }) => slug), ...(index !== undefined && { rankIndex: index }) };
}
