import type { Tx } from '#platform/database.ts';
import { slugTaken } from './errors.ts';
import { catalogueChanged } from './events.ts';
import { insertGame } from './queries/catalogue.ts';
import { readGame, readName } from './read-game.ts';
import type { GameBody } from './schemas.ts';
import type { GameRow } from './tables.ts';
import type { GamesTools } from './tools.ts';

/** Puts a game into the catalogue. Throws `slug_taken` when its id is in use, or ever was. */
export async function addGame(tools: GamesTools, tx: Tx, body: GameBody, at = '/body'): Promise<GameRow> {
  // `/v1/me/profile/games/order` is an address of its own.
  if (body.gameId === 'order') throw slugTaken();
  const row = await insertGame(tx, {
    game_id: body.gameId,
    name: JSON.stringify(readName(body.name, `${at}/name`)),
    aliases: [],
    genres: [],
    platforms: [],
    modes: [],
    popularity: 0,
    ladder: '[]',
    roles: '[]',
    ...readGame(body, tools.catalogue(), at),
    edited_at: tools.clock.now(),
  });
  if (!row) throw slugTaken();
  await tools.announce(tx, catalogueChanged, {});
  return row;
}
