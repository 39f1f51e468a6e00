import type { Static } from 'typebox';
import { type Game, gameNotFound } from '#modules/games/index.ts';
import type { Actor } from '#platform/actor.ts';
import { passText } from '#platform/text-rules.ts';
import { inputFault } from '#platform/validation.ts';
import { tooManyGames } from '../errors.ts';
import { profileChanged } from '../events.ts';
import { presentPlayedGame } from '../present.ts';
import { readLine } from '../profile-fields.ts';
import { countOtherGames, lockProfile, updateProfile, upsertProfileGame } from '../queries.ts';
import { MAX_GAMES, type PlayedGame, type PlayedGameBody, textLengths } from '../schemas.ts';
import type { ProfilesTools } from '../tools.ts';

/** Adds a game at the end of the profile, or replaces what is said of one that is there. */
export async function putProfileGame(
  tools: ProfilesTools,
  actor: Actor,
  gameId: string,
  body: PlayedGameBody,
): Promise<Static<typeof PlayedGame>> {
  const known = tools.games.getGame(gameId);
  if (!known) throw gameNotFound();
  const { accountId } = actor;
  if (body.inGameName !== undefined) passText(tools.textRules, 'in_game_name', body.inGameName, '/body/inGameName');
  const now = tools.clock.now();
  return tools.db.transaction(async (tx) => {
    await lockProfile(tx, accountId, now);
    const game = await tools.games.holdGame(tx, known.gameId);
    if (!game) throw gameNotFound();
    const row = { account_id: accountId, game_id: game.gameId, ...readPlayedGame(body, game) };
    if ((await countOtherGames(tx, accountId, game.gameId)) >= MAX_GAMES) throw tooManyGames();
    const played = await upsertProfileGame(tx, row);
    await updateProfile(tx, accountId, {}, now);
    await tools.announce(tx, profileChanged, { accountId });
    return presentPlayedGame(played, tools.games);
  });
}

function readPlayedGame({ level, rank, roles = [], hoursPlayed, inGameName, platform }: PlayedGameBody, game: Game) {
  if (rank !== undefined && !game.ladder.some(({ slug }) => slug === rank)) {
    throw inputFault('/body/rank', 'enum', NO_RANK);
  }
  const unknown = roles.findIndex((role) => !game.roles.some(({ slug }) => slug === role));
  if (unknown >= 0) throw inputFault(`/body/roles/${unknown}`, 'enum', NO_ROLE);
  return {
    level,
    rank: rank ?? null,
    roles: [...new Set(roles)],
    hours_played: hoursPlayed ?? null,
    in_game_name: inGameName === undefined ? null : readLine(inGameName, '/body/inGameName', textLengths.inGameName),
    platform,
  };
}

const NO_RANK = { en: 'is not a rank of this game', ru: 'нет такого ранга в этой игре' };
const NO_ROLE = { en: 'is not a role of this game', ru: 'нет такой роли в этой игре' };
