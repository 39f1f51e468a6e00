import type { Static } from 'typebox';
import type { Card } from '#modules/profiles/index.ts';

/** Guests see the top of the list; whoever wants more registers. */
export const MOST_FOR_GUESTS = 20;

/**
 * What somebody without an account may read of a person: how they play, not who or where they are, what they wrote, how
 * to reach them, or when they are at home.
 */
export const presentForGuest = ({ userId, username, displayName, avatar, ...card }: Static<typeof Card>) => ({
  userId,
  username,
  displayName,
  ...(avatar && { avatar }),
  ...(card.region !== undefined && { region: card.region }),
  languages: card.languages,
  platforms: card.platforms,
  acceptsCrossplay: card.acceptsCrossplay,
  ...(card.voice && { voice: card.voice }),
  ...(card.playStyle && { playStyle: card.playStyle }),
  genres: card.genres,
  availability: [],
  games: card.games.map(({ inGameName: _inGameName, ...game }) => game),
  contacts: [],
  ...(card.rating && { rating: card.rating }),
  memberSince: card.memberSince,
});
