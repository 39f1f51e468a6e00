import type { Actor } from '#platform/actor.ts';
import { gameNotFound } from '../errors.ts';
import { catalogueChanged } from '../events.ts';
import { presentGame } from '../present.ts';
import { lockGames, updateGame as updateRow } from '../queries/catalogue.ts';
import { readGame } from '../read-game.ts';
import type { Game, GamePatch } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

/** Changes a game; from then on the shipped catalogue leaves it alone. Ranks and roles that went are no longer shown. */
export async function updateGame(tools: GamesTools, actor: Actor, gameId: string, patch: GamePatch): Promise<Game> {
  const change = readGame(patch, tools.catalogue());
  return tools.db.transaction(async (tx) => {
    const [before] = await lockGames(tx, [gameId]);
    if (!before) throw gameNotFound();
    const after = await updateRow(tx, gameId, { ...change, edited_at: tools.clock.now() });
    await tools.announce(tx, catalogueChanged, {});
    const details = { gameId, before: presentGame(before), after: presentGame(after) };
    await tools.audit(tx, { actor, act: 'game.changed', details });
    return presentGame(after);
  });
}
