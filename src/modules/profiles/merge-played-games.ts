import type { Game } from '#modules/games/index.ts';
import { playLevels } from './schemas.ts';
import type { ProfileGameRow } from './tables.ts';

/**
 * What a person said of a game that is now part of `game`, as said of `game`. Somebody who had both keeps the better
 * level, the most hours and the earlier place, and of the rest what was said of the game that stays; ranks and roles that
 * it does not know are forgotten.
 */
export function mergePlayedGames(
  gone: ProfileGameRow,
  staying: ProfileGameRow | undefined,
  game: Game,
): ProfileGameRow {
  const said = staying ? [staying, gone] : [gone];
  const roles = said.map((row) => row.roles.filter((role) => game.roles.some(({ slug }) => slug === role)));
  return {
    ...(staying ?? gone),
    game_id: game.gameId,
    level: playLevels.find((level) => said.some((row) => row.level === level)) ?? gone.level,
    rank: said.map(({ rank }) => rank).find((rank) => game.ladder.some(({ slug }) => slug === rank)) ?? null,
    roles: roles.find((known) => known.length > 0) ?? [],
    hours_played: most(said.flatMap(({ hours_played }) => (hours_played === null ? [] : [hours_played]))),
    in_game_name: said.map(({ in_game_name }) => in_game_name).find((name) => name !== null) ?? null,
    place: Math.min(...said.map(({ place }) => place)),
  };
}

const most = (numbers: readonly number[]): number | null => (numbers.length === 0 ? null : Math.max(...numbers));
