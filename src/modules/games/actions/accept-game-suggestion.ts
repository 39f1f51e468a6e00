import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { inputFault } from '#platform/validation.ts';
import { addGame } from '../add-game.ts';
import { decideSuggestion } from '../decide-suggestion.ts';
import { presentGame } from '../present.ts';
import type { AcceptSuggestionBody, MissedGame } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

/** Puts the suggested game into the catalogue, or says which game of the catalogue it is. */
export async function acceptGameSuggestion(
  tools: GamesTools,
  actor: Actor,
  suggestionId: string,
  { gameId, game }: Static<typeof AcceptSuggestionBody>,
): Promise<Static<typeof MissedGame>> {
  if (game ? gameId !== undefined : gameId === undefined) throw inputFault('/body/gameId', 'required', ONE_OF_BOTH);
  const known = gameId === undefined ? undefined : tools.catalogue().findGame(gameId);
  if (gameId !== undefined && !known) throw inputFault('/body/gameId', 'enum', NO_GAME);
  return tools.db.transaction(async (tx) => {
    const added = game && presentGame(await addGame(tools, tx, game, '/body/game'));
    const decided = await decideSuggestion(tools, tx, suggestionId, { gameId: (added ?? known)?.gameId ?? '' });
    const details = { name: decided.name, gameId: decided.gameId, ...(added && { after: added }) };
    await tools.audit(tx, { actor, act: 'game_suggestion.accepted', subjectId: suggestionId, details });
    return decided;
  });
}

const ONE_OF_BOTH = { en: 'name either gameId or game', ru: 'укажите что-то одно: gameId или game' };
const NO_GAME = { en: 'names a game that is not in the catalogue', ru: 'называет игру, которой нет в каталоге' };
