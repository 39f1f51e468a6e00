import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { genreNotFound } from '../errors.ts';
import { catalogueChanged } from '../events.ts';
import { presentGenre } from '../present.ts';
import { lockGenre, updateGenre as updateRow } from '../queries/catalogue.ts';
import { readName } from '../read-game.ts';
import type { Genre, GenrePatch } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

/** Names a genre anew; from then on the shipped catalogue leaves it alone. */
export async function updateGenre(
  tools: GamesTools,
  actor: Actor,
  genreId: string,
  patch: Static<typeof GenrePatch>,
): Promise<Genre> {
  const name = JSON.stringify(readName(patch.name, '/body/name'));
  return tools.db.transaction(async (tx) => {
    const before = await lockGenre(tx, genreId);
    if (!before) throw genreNotFound();
    const after = presentGenre(await updateRow(tx, genreId, { name, edited_at: tools.clock.now() }));
    await tools.announce(tx, catalogueChanged, {});
    await tools.audit(tx, { actor, act: 'genre.changed', details: { before: presentGenre(before), after } });
    return after;
  });
}
