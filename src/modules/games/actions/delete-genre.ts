import type { Actor } from '#platform/actor.ts';
import { genreInUse, genreNotFound } from '../errors.ts';
import { catalogueChanged, genreDeleted } from '../events.ts';
import { presentGenre } from '../present.ts';
import { deleteGenre as deleteRow, hasGamesOfGenre, lockGenre, retireSlug } from '../queries/catalogue.ts';
import type { GamesTools } from '../tools.ts';

/** Takes out a genre that no game has; profiles and saved searches forget it. Its id is never given again. */
export async function deleteGenre(tools: GamesTools, actor: Actor, genreId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const genre = await lockGenre(tx, genreId);
    if (!genre) throw genreNotFound();
    if (await hasGamesOfGenre(tx, genreId)) throw genreInUse();
    await retireSlug(tx, { kind: 'genre', slug: genreId, into_game_id: null, retired_at: tools.clock.now() });
    await deleteRow(tx, genreId);
    await tools.announce(tx, catalogueChanged, {});
    await tools.announce(tx, genreDeleted, { genreId });
    await tools.audit(tx, { actor, act: 'genre.removed', details: { before: presentGenre(genre) } });
  });
}
