import type { Actor } from '#platform/actor.ts';
import { inputFault } from '#platform/validation.ts';
import { gameNotFound, sameGame } from '../errors.ts';
import { catalogueChanged, gameMerged } from '../events.ts';
import { presentGame } from '../present.ts';
import { deleteGame, lockGames, retireSlug, updateGame } from '../queries/catalogue.ts';
import type { Game } from '../schemas.ts';
import type { GameRow } from '../tables.ts';
import type { GamesTools } from '../tools.ts';

/**
 * Makes one game of two entries. The one that stays is also found by the names of the other, whose id leads to it from then
 * on; profiles, saved searches and requests follow within seconds.
 */
export async function mergeGame(tools: GamesTools, actor: Actor, gameId: string, intoGameId: string): Promise<Game> {
  if (gameId === intoGameId) throw sameGame();
  return tools.db.transaction(async (tx) => {
    const games = await lockGames(tx, [gameId, intoGameId]);
    const from = games.find(({ game_id }) => game_id === gameId);
    const into = games.find(({ game_id }) => game_id === intoGameId);
    if (!from) throw gameNotFound();
    if (!into) throw inputFault('/body/intoGameId', 'enum', NO_GAME);
    await retireSlug(tx, { kind: 'game', slug: gameId, into_game_id: intoGameId, retired_at: tools.clock.now() });
    await deleteGame(tx, gameId);
    const stays = await updateGame(tx, intoGameId, { merged_aliases: joinAliases(into, from) });
    await tools.announce(tx, catalogueChanged, {});
    await tools.announce(tx, gameMerged, { gameId, intoGameId });
    await tools.audit(tx, { actor, act: 'game.merged', details: { before: presentGame(from), intoGameId } });
    return presentGame(stays);
  });
}

/** What the game that stays is called by from merges: nothing that stands on it anyway. */
function joinAliases(into: GameRow, from: GameRow): string[] {
  const known = new Set(namesOf(into));
  return [...(into.merged_aliases ?? []), ...new Set(namesOf(from).filter((name) => !known.has(name)))];
}

const namesOf = ({ name, aliases, merged_aliases: mergedAliases }: GameRow): string[] => [
  name.en,
  ...(name.ru === undefined ? [] : [name.ru]),
  ...aliases,
  ...(mergedAliases ?? []),
];

const NO_GAME = { en: 'names a game that is not in the catalogue', ru: 'называет игру, которой нет в каталоге' };
