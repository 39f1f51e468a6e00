import { defaultActiveWithinDays, lacksCommonGame, passesFilters, type TeammateFilters } from '../score/filters.ts';
import { genresWorth } from '../score/genres-part.ts';
import { mayMeet } from '../score/may-meet.ts';
import type { SearchPlayer } from '../score/player.ts';
import { scorePair } from '../score/score.ts';
import { standingUnits } from '../score/standing.ts';
import type { Taste } from '../score/taste.ts';
import type { RankingWeights } from '../score/weights.ts';
import { BestList } from './best-list.ts';
import type { InnerLoops } from './inner-loops.ts';
import { createLateFilter } from './late-filter.ts';
import { blockBits, placeMask, traitsShift } from './layout.ts';
import { oddTraits, type PackedPlayers } from './packed-players.ts';
import { fillViewerTables, type HighestUnits } from './viewer-tables.ts';

export interface BlockQuery {
  readonly viewer: SearchPlayer;
  readonly taste: readonly Taste[];
  readonly filters: TeammateFilters;
  readonly today: number;
  readonly limit: number;
}

export interface FoundPlace {
  readonly place: number;
  readonly units: number;
}

interface WantedGame {
  readonly game: number;
  readonly taste: Taste;
  /** Units for each 1/1023 of common play when every rank counts alike. */
  readonly unitsPerShare: number | undefined;
  readonly highestSkill: number;
}

/**
 * The exact best `limit`, block by block: blocks that promise most come first, and the search ends at the first that
 * cannot reach what is found already. In a block, the games' postings are summed up, the words add the cheap parts, and
 * the late part is worked out only for players whom it can still lift over the threshold.
 */
export function searchBlocks(
  players: PackedPlayers,
  loops: InnerLoops,
  query: BlockQuery,
  weights: RankingWeights,
): FoundPlace[] {
  const { hot, blocks } = players;
  const { viewer, filters, today, limit } = query;
  const highest = fillViewerTables(players, viewer, filters, weights);
  const late = createLateFilter(players, viewer, filters, today);
  const games = wantedGames(players, query.taste);
  const best = new BestList(limit, (place, other) => players.isBefore(place, other));
  const worth = genresWorth(viewer, weights);
  const needsGame = filters.needsCommonGame && query.taste.length > 0;

  for (const { block, bound, highestWord } of promisingBlocks(players, games, highest, filters, weights)) {
    if (bound < best.threshold) break;
    const hasOdd = blocks.hasOdd(block);
    if (!late.enterBlock(block) && !hasOdd) continue;
    addGames(players, loops, games, block);
    const first = block << blockBits;
    const cut = Math.max(-1, best.threshold - highest.late - 1);
    if (hasOdd) liftOdd(players, block);
    const leastGames = needsGame ? 1 : 0;
    const collected = loops.collect(first, Math.max(leastGames, cut + 1 - highestWord), cut);
    const least = Math.max(0, best.threshold);
    const found = loops.addLatePart(first, collected, worth, viewer.genres.length, least);
    for (let at = 0; at < found; at += 1) {
      const units = hot.foundUnits[at]!;
      if (units < best.threshold) continue;
      const place = first + hot.foundPlaces[at]!;
      if (hasOdd && hot.words[place]! >>> traitsShift === oddTraits) offerOdd(players, query, place, best, weights);
      else if (!late.isRefused(place)) best.offer(place, units);
    }
  }
  return best.sorted();
}

function wantedGames(players: PackedPlayers, taste: readonly Taste[]): WantedGame[] {
  return taste.flatMap((wanted) => {
    const game = players.games.find(wanted.gameSlug);
    if (game === undefined || game >= players.games.words.length) return [];
    const skill = wanted.skill[0] ?? 0;
    const isUnranked = wanted.skill.every((sixteenths) => sixteenths === skill);
    return {
      game,
      taste: wanted,
      unitsPerShare: isUnranked ? wanted.weight * skill : undefined,
      highestSkill: Math.max(...wanted.skill),
    };
  });
}

interface PromisingBlock {
  readonly block: number;
  /** Nobody in it can have more units. */
  readonly bound: number;
  /** What the word of anybody in it can add to the games. */
  readonly highestWord: number;
}

/** More than any word is worth, and little enough for an Int32. */
const unbounded = 2 ** 29;

/** The blocks that hold anybody who may be shown, the highest bound first. */
function promisingBlocks(
  { hot, blocks }: PackedPlayers,
  games: readonly WantedGame[],
  highest: HighestUnits,
  { activeWithinDays }: TeammateFilters,
  weights: RankingWeights,
): PromisingBlock[] {
  const step = standingUnits(weights);
  const onlyActive = activeWithinDays !== undefined && activeWithinDays <= defaultActiveWithinDays;
  const promising: PromisingBlock[] = [];
  for (let block = 0; block < blocks.count; block += 1) {
    if (blocks.hasOdd(block)) {
      promising.push({ block, bound: Number.POSITIVE_INFINITY, highestWord: unbounded });
      continue;
    }
    const language = blocks.bestLanguage(block, hot.languageUnits);
    const topStanding = blocks.topStandingOf(block);
    if (language < 0 || (onlyActive && topStanding < 0)) continue;
    const traits = blocks.bestTraits(block, hot.traitUnits, highest.traits);
    if (traits < 0) continue;
    const highestWord = language + traits + (onlyActive ? topStanding * step : highest.standing);
    let bound = highestWord + highest.late;
    for (const { game, taste, highestSkill } of games) {
      const share = blocks.topShareOf(block, game);
      if (share < 0) continue;
      bound += taste.weight * Math.min(share, taste.wantedShare) * highestSkill + taste.bothFiveBonus;
    }
    promising.push({ block, bound, highestWord });
  }
  return promising.toSorted((a, b) => b.bound - a.bound);
}

function addGames(
  { hot, blocks }: PackedPlayers,
  loops: InnerLoops,
  games: readonly WantedGame[],
  block: number,
): void {
  for (const { game, taste, unitsPerShare } of games) {
    const from = blocks.startOf(block, game);
    const to = blocks.startOf(block, game + 1);
    if (from === to) continue;
    if (unitsPerShare !== undefined) {
      loops.addUnrankedGame(from, to, taste.wantedShare, unitsPerShare, taste.bothFiveBonus);
      continue;
    }
    for (let step = 0; step < taste.skill.length; step += 1) {
      hot.skillUnits[step] = taste.weight * taste.skill[step]!;
    }
    loops.addGame(from, to, taste.wantedShare, taste.bothFiveBonus);
  }
}

/** Somebody whom the tables cannot judge. */
function offerOdd(
  players: PackedPlayers,
  { viewer, taste, filters, today }: BlockQuery,
  place: number,
  best: BestList,
  weights: RankingWeights,
): void {
  const candidate = players.unpack(place);
  if (!mayMeet(viewer, candidate.player) || !passesFilters(candidate, filters, today)) return;
  const { units, parts } = scorePair(viewer, taste, candidate, today, weights);
  if (!lacksCommonGame(filters, taste, parts.games)) best.offer(place, units);
}

/** Some of their games may have no postings: nobody is to pass them over for that. */
function liftOdd({ hot, odd }: PackedPlayers, block: number): void {
  for (const place of odd.keys()) if (place >>> blockBits === block) hot.sums[place & placeMask]! += 1;
}
