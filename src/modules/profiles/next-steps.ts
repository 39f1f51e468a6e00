import type { nextStepFields, nextStepReasons } from './schemas.ts';
import type { ProfileGameRow, ProfileRow } from './tables.ts';

type Step = { field: (typeof nextStepFields)[number]; why: (typeof nextStepReasons)[number] };

/** What the profile lacks, in the order of what it is worth to the search. `hasLadder` says whether a game has ranks. */
export function findNextSteps(
  profile: ProfileRow,
  games: readonly ProfileGameRow[],
  hasLadder: (gameId: string) => boolean,
): Step[] {
  const isUnranked = ({ level, rank, game_id }: ProfileGameRow) =>
    level === 'main' && rank === null && hasLadder(game_id);
  const steps: [isMissing: boolean, Step][] = [
    [games.length === 0, { field: 'games', why: 'search_starts_from_games' }],
    [profile.languages.length === 0, { field: 'languages', why: 'people_understand_each_other' }],
    [
      profile.availability.length === 0 || profile.time_zone === null,
      { field: 'availability', why: 'common_hours_count' },
    ],
    [profile.platforms.length === 0, { field: 'platforms', why: 'same_platform_or_crossplay' }],
    [games.some(isUnranked), { field: 'ranks', why: 'equal_skill' }],
    [profile.region === null, { field: 'region', why: 'near_servers' }],
    [profile.voice === null, { field: 'voice', why: 'talking_or_typing' }],
    [profile.play_style === null, { field: 'playStyle', why: 'same_attitude' }],
    [profile.avatar_id === null, { field: 'avatar', why: 'first_impression' }],
    [profile.bio === null, { field: 'bio', why: 'first_impression' }],
  ];
  return steps.filter(([isMissing]) => isMissing).map(([, step]) => step);
}
