import type { GameStatistics } from './co-play.ts';
import type { SearchPlayer } from './player.ts';
import { type Reason, reasonsFor } from './reasons.ts';
import { candidateOf, scorePair, shownScore } from './score.ts';
import { fitsSlot, type PlayedGame, type SlotWish } from './slot-fit.ts';
import { tasteOf } from './taste.ts';
import { rankingWeights } from './weights.ts';

/** A party as the ranking sees it. */
export interface RankedTeam {
  readonly gameSlug: string;
  /** Who is in it, the host first. */
  readonly members: readonly SearchPlayer[];
  readonly freeSlots: readonly SlotWish[];
  readonly languages: readonly string[];
  readonly platform?: string;
  readonly region?: string;
  /** Milliseconds since 1970; absent: as soon as it is full. */
  readonly startsAt?: number;
}

export const partyReasonKinds = ['people', 'requirements', 'start'] as const;

export interface PartyReason {
  readonly kind: (typeof partyReasonKinds)[number];
  /** 0..1: the part of the highest score that it brought. */
  readonly weight: number;
  /** `requirements`: the free places that would suit the viewer. */
  readonly slots?: readonly number[];
}

export interface PartyScore {
  /** 0..1 */
  readonly score: number;
  /** Largest first. */
  readonly reasons: readonly PartyReason[];
  /** Why the host suits the viewer. */
  readonly fit: readonly Reason[];
}

const PEOPLE = 0.7;
const REQUIREMENTS = 0.2;
const START = 0.1;
/** Of a raid the first so many are looked at; each costs about 15 µs. */
const MEMBERS_SCORED = 6;
const FARTHEST_START_MS = 24 * 3_600_000;

/**
 * How well a party suits a viewer: 0.7 for its people, 0.2 for what it asks for and the viewer meets, 0.1 for how soon it
 * starts (evenly less up to a day ahead). Two people suit each other as the mean of what each is to the other; a party is
 * worth what the least suited of its members is, as in the search for a group. `played`: the viewer's part in the game.
 */
export function scoreParty(
  viewer: SearchPlayer,
  team: RankedTeam,
  played: PlayedGame | undefined,
  statistics: GameStatistics,
  now: { today: number; milliseconds: number },
): PartyScore {
  const scored = scoreMembers(viewer, team, statistics, now.today);
  const fits = team.freeSlots.filter((slot) => fitsSlot(slot, played)).map(({ index }) => index);
  const wait = team.startsAt === undefined ? 0 : team.startsAt - now.milliseconds;
  const parts: PartyReason[] = [
    { kind: 'people', weight: PEOPLE * scored.least },
    { kind: 'requirements', weight: REQUIREMENTS * metShare(viewer, team, fits.length > 0), slots: fits },
    { kind: 'start', weight: START * Math.min(1, Math.max(0, 1 - wait / FARTHEST_START_MS)) },
  ];
  return {
    score: parts.reduce((sum, { weight }) => sum + weight, 0),
    reasons: parts.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight),
    fit: scored.fit,
  };
}

function scoreMembers(viewer: SearchPlayer, team: RankedTeam, statistics: GameStatistics, today: number) {
  const weights = rankingWeights;
  const asked = [team.gameSlug];
  const self = candidateOf(viewer);
  const taste = tasteOf(viewer, asked, statistics, weights);
  let least = 1;
  let fit: readonly Reason[] = [];
  for (const [place, member] of team.members.slice(0, MEMBERS_SCORED).entries()) {
    const candidate = candidateOf(member);
    const there = scorePair(viewer, taste, candidate, today, weights);
    const back = scorePair(member, tasteOf(member, asked, statistics, weights), self, today, weights);
    least = Math.min(least, shownScore((there.units + back.units) / 2, weights));
    if (place === 0) fit = reasonsFor(viewer, taste, candidate, there, weights);
  }
  return { least, fit };
}

/**
 * The share of what the party asks for that the viewer meets: half of it is a place that suits them. What the viewer does
 * not tell counts as met.
 */
function metShare(viewer: SearchPlayer, { languages, platform, region }: RankedTeam, fitsSomewhere: boolean): number {
  const checks = [
    languages.length === 0 || viewer.languages.length === 0 || languages.some((one) => viewer.languages.includes(one)),
    platform === undefined || viewer.platforms.length === 0 || viewer.platforms.includes(platform),
    region === undefined || viewer.region === undefined || region === viewer.region,
  ];
  return (fitsSomewhere ? 0.5 : 0) + (0.5 * checks.filter(Boolean).length) / checks.length;
}
