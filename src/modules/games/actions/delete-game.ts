import type { Actor } from '#platform/actor.ts';
import { gameInUse, gameNotFound } from '../errors.ts';
import { catalogueChanged } from '../events.ts';
import { presentGame } from '../present.ts';
import { deleteGame as deleteRow, findSlugsInto, lockGames, retireSlug } from '../queries/catalogue.ts';
import type { GamesTools } from '../tools.ts';

/** Takes out a game that nobody plays. Its id is never given again. */
export async function deleteGame(tools: GamesTools, actor: Actor, gameId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const [game] = await lockGames(tx, [gameId]);
    if (!game) throw gameNotFound();
    // Profiles of a game that was merged into this one may still be on their way here.
    const slugs = [gameId, ...(await findSlugsInto(tx, gameId))];
    if (await tools.isAnyPlayed(tx, slugs)) throw gameInUse();
    await retireSlug(tx, { kind: 'game', slug: gameId, into_game_id: null, retired_at: tools.clock.now() });
    await deleteRow(tx, gameId);
    await tools.announce(tx, catalogueChanged, {});
    await tools.audit(tx, { actor, act: 'game.removed', details: { before: presentGame(game) } });
  });
}
