import {
  anyOf,
  defaultActiveWithinDays,
  listOf,
  passesPlayStyle,
  passesVoice,
  type TeammateFilters,
} from '../score/filters.ts';
import { genresWorth } from '../score/genres-part.ts';
import { ageFits, languagesFit, platformsFit, voiceFits, wishesFit } from '../score/may-meet.ts';
import { ageBands, playStyles, type SearchPlayer, voices } from '../score/player.ts';
import { standingUnits } from '../score/standing.ts';
import { enoughHours, highestTimePart, timeUnits, unknownHours } from '../score/time-part.ts';
import { languagePart, platformPart, playStylePart, regionPart, voicePart } from '../score/trait-parts.ts';
import { highestScore, type RankingWeights, unitsPerPoint } from '../score/weights.ts';
import { unknownHoursStep } from './hot-memory.ts';
import { genreMask } from './late-filter.ts';
import { inactiveBit, nobodyTraits, refused } from './layout.ts';
import { oddLanguageSet, oddTraits, type PackedPlayers } from './packed-players.ts';
import type { TraitDictionary } from './trait-dictionary.ts';

/** The most that each part can give this viewer. */
export interface HighestUnits {
  readonly traits: number;
  readonly standing: number;
  readonly late: number;
}

/**
 * Fills the tables through which a player's row becomes units for this viewer: what the languages, the standing and the
 * traits are worth, or `refused`, and what common hours are. The same rules as `mayMeet`, `passesFilters` and `scorePair`,
 * one part at a time.
 */
export function fillViewerTables(
  players: PackedPlayers,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  weights: RankingWeights,
): HighestUnits {
  fillLanguages(players, viewer, filters, weights);
  return {
    traits: fillTraits(players, viewer, filters, weights),
    standing: fillStanding(players, filters, weights),
    late: fillLate(players, viewer, weights),
  };
}

function fillLanguages(
  { hot, languageSets }: PackedPlayers,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  weights: RankingWeights,
): void {
  for (const [id, languages] of languageSets.sets.entries()) {
    const fits = languagesFit(viewer, languages) && anyOf(filters.languages, languages);
    hot.languageUnits[id] = fits ? languagePart(viewer.languages, languages, weights) : refused;
  }
  hot.languageUnits[oddLanguageSet] = 0;
}

function fillStanding({ hot }: PackedPlayers, { activeWithinDays }: TeammateFilters, weights: RankingWeights): number {
  const step = standingUnits(weights);
  const highest = weights.ratingSteps + weights.recencySteps + weights.newcomerSteps;
  const asksForActive = activeWithinDays !== undefined && activeWithinDays <= defaultActiveWithinDays;
  for (let steps = 0; steps < inactiveBit; steps += 1) {
    hot.standingUnits[steps] = steps * step;
    hot.standingUnits[steps + inactiveBit] = asksForActive ? refused : steps * step;
  }
  return highest * step;
}

function fillLate({ hot, genres }: PackedPlayers, viewer: SearchPlayer, weights: RankingWeights): number {
  const { availability } = viewer;
  const unknown = timeUnits(unknownHours, weights);
  for (let hours = 0; hours <= enoughHours; hours += 1) {
    hot.hourUnits[hours] = availability === undefined ? unknown : timeUnits(hours, weights);
  }
  hot.hourUnits[unknownHoursStep] = unknown;
  hot.viewerWeek.set(availability ?? [0, 0, 0, 0, 0, 0]);
  hot.viewerGenres.set(genreMask(genres, viewer.genres));
  const highestGenres = viewer.genres.length === 0 ? 0 : genresWorth(viewer, weights);
  return highestTimePart(availability, weights) + highestGenres;
}

/** Gives the highest units that anybody's traits are worth. */
function fillTraits(
  { hot, traits }: PackedPlayers,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  weights: RankingWeights,
): number {
  const sets = traits.platformSets.sets.flatMap((platforms) =>
    [false, true].map((acceptsCrossplay) => ({ platforms, acceptsCrossplay })),
  );
  const machines = tableOf(sets, (other) => {
    const fits = platformsFit(viewer, other) && anyOf(filters.platforms, other.platforms);
    return unitsOr(fits, platformPart(viewer.platforms, other.platforms, weights));
  });
  const selves = selfTable(traits, viewer, filters, weights);
  const wishes = tableOf(traits.wishes, (wish) => unitsOr(wishesFit(wish, viewer), 0));

  const { machinesOf, selfOf, wishesOf } = traits;
  const { traitUnits } = hot;
  let highest = 0;
  for (let id = 1; id < traits.size; id += 1) {
    const units = machines[machinesOf[id]!]! + selves[selfOf[id]!]! + wishes[wishesOf[id]!]!;
    traitUnits[id] = units < refused ? refused : units;
    if (units > highest) highest = units;
  }
  traitUnits[nobodyTraits] = refused;
  // Whoever is looked at one by one may have it all.
  traitUnits[oddTraits] = highestScore(weights) + 2 * weights.genres * unitsPerPoint;
  return highest;
}

/** Region, voice, style and age together: a few hundred combinations at most. */
function selfTable(
  traits: TraitDictionary,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  weights: RankingWeights,
): Int32Array {
  const regions = tableOf([undefined, ...traits.regions.words], (region) =>
    unitsOr(anyOf(filters.regions, listOf(region)), regionPart(viewer.region, region, weights)),
  );
  const voice = tableOf([undefined, ...voices], (other) => {
    const fits = voiceFits(viewer.wishes, other) && passesVoice(other, filters);
    return unitsOr(fits, voicePart(viewer.voice, other, weights));
  });
  const styles = tableOf([undefined, ...playStyles], (other) =>
    unitsOr(passesPlayStyle(other, filters), playStylePart(viewer.playStyle, other, weights)),
  );
  const ages = tableOf([undefined, ...ageBands], (age) =>
    unitsOr(ageFits(viewer, age) && anyOf(filters.ageBands, listOf(age)), 0),
  );
  const table = new Int32Array(regions.length << 6);
  for (let self = 0; self < table.length; self += 1) {
    const units = regions[self >> 6]! + voice[(self >> 4) & 3]! + (styles[(self >> 2) & 3] ?? 0) + ages[self & 3]!;
    table[self] = Math.max(refused, units);
  }
  return table;
}

function tableOf<Value>(values: readonly Value[], unitsOf: (value: Value) => number): Int32Array {
  return Int32Array.from(values, unitsOf);
}

function unitsOr(fits: boolean, units: number): number {
  return fits ? units : refused;
}
