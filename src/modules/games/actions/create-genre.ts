import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { slugTaken } from '../errors.ts';
import { catalogueChanged } from '../events.ts';
import { presentGenre } from '../present.ts';
import { insertGenre } from '../queries/catalogue.ts';
import { readName } from '../read-game.ts';
import type { Genre, GenreBody } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

/** Adds a genre. Throws `slug_taken` when its id is in use, or ever was. */
export async function createGenre(tools: GamesTools, actor: Actor, body: Static<typeof GenreBody>): Promise<Genre> {
  const name = JSON.stringify(readName(body.name, '/body/name'));
  return tools.db.transaction(async (tx) => {
    const row = await insertGenre(tx, { genre_id: body.genreId, name, edited_at: tools.clock.now() });
    if (!row) throw slugTaken();
    const genre = presentGenre(row);
    await tools.announce(tx, catalogueChanged, {});
    await tools.audit(tx, { actor, act: 'genre.added', details: { after: genre } });
    return genre;
  });
}
