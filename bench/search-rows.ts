import type { GameStatistics } from '#modules/search/score/co-play.ts';
import type { SearchPlayer, WeekHours } from '#modules/search/score/player.ts';
import { dayOf, standingOf, standingSteps } from '#modules/search/score/standing.ts';
import { tasteOf } from '#modules/search/score/taste.ts';
import { rankingWeights as weights } from '#modules/search/score/weights.ts';
import { benchNow } from './synthetic-players.ts';

/** What the other databases are given of a player and of a search: the same for each. */
export const today = dayOf(benchNow);

export function rowOf(player: SearchPlayer) {
  return {
    account_id: player.accountId,
    languages: player.languages,
    platforms: player.platforms,
    crossplay: player.acceptsCrossplay,
    region: player.region,
    voice: player.voice,
    play_style: player.playStyle,
    age_band: player.ageBand,
    voice_wish: player.wishes.voice,
    genres: player.genres,
    week: bits(player.availability),
    active_day: dayOf(player.activeAt),
    standing: standingSteps(standingOf(player, today, weights)),
  };
}

export const tasteRows = (viewer: SearchPlayer, statistics: GameStatistics) =>
  tasteOf(viewer, [], statistics, weights).map((wanted) => ({
    game: wanted.gameSlug,
    wanted: wanted.wantedShare,
    weight: wanted.weight,
    bonus: wanted.bothFiveBonus,
    skill: [...wanted.skill],
  }));

/** The 168 hours as PostgreSQL writes bits. */
export function bits(week: WeekHours | undefined): string {
  return Array.from({ length: 168 }, (_, hour) => ((week?.[hour >> 5] ?? 0) >>> (hour & 31)) & 1).join('');
}
