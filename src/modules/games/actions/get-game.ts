import { gameNotFound } from '../errors.ts';
import type { Game } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

export async function getGame({ catalogue }: GamesTools, gameId: string): Promise<Game> {
  const game = catalogue().findGame(gameId);
  if (!game) throw gameNotFound();
  return game;
}
