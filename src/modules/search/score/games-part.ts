import type { PlayShare } from './play-shares.ts';
import type { Taste } from './taste.ts';

/** Units for the games that two players share: Σ weight · min(wanted, played) · skill, and a bonus for common favourites. */
export function gamesPart(taste: readonly Taste[], played: ReadonlyMap<string, PlayShare>): number {
  let units = 0;
  for (const wanted of taste) {
    const game = played.get(wanted.gameSlug);
    if (game === undefined) continue;
    units += wanted.weight * Math.min(wanted.wantedShare, game.share) * (wanted.skill[game.rankStep] ?? 0);
    if (game.isAmongFive) units += wanted.bothFiveBonus;
  }
  return units;
}
