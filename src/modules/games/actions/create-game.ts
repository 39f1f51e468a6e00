import type { Actor } from '#platform/actor.ts';
import { addGame } from '../add-game.ts';
import { presentGame } from '../present.ts';
import type { Game, GameBody } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

/** Puts a game into the catalogue; on every node within a second or two. */
export async function createGame(tools: GamesTools, actor: Actor, body: GameBody): Promise<Game> {
  return tools.db.transaction(async (tx) => {
    const game = presentGame(await addGame(tools, tx, body));
    await tools.audit(tx, { actor, act: 'game.added', details: { after: game } });
    return game;
  });
}
