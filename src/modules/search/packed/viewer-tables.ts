import {
  anyOf,
  defaultActiveWithinDays,
  listOf,
  passesPlayStyle,
  passesVoice,
  type TeammateFilters,
} from '../score/filters.ts';
import { ageFits, languagesFit, platformsFit, voiceFits, wishesFit } from '../score/may-meet.ts';
import { ageBands, type SearchPlayer } from '../score/player.ts';
import { standingUnits } from '../score/standing.ts';
import { languagePart, platformPart, playStylePart, regionPart, voicePart } from '../score/trait-parts.ts';
import { highestScore, type RankingWeights, unitsPerPoint } from '../score/weights.ts';
import { inactiveBit, nobodyTraits, refused } from './layout.ts';
import { oddLanguageSet, oddTraits, type PackedPlayers } from './packed-players.ts';

export interface HighestUnits {
  readonly traits: number;
  readonly standing: number;
}

/**
 * Fills the three tables through which a word becomes units for this viewer: what the languages, the standing and the
 * traits are worth, or `refused`. The same rules as `mayMeet`, `passesFilters` and `scorePair`, one part at a time.
 */
export function fillViewerTables(
  players: PackedPlayers,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  weights: RankingWeights,
): HighestUnits {
  fillLanguages(players, viewer, filters, weights);
  const standing = fillStanding(players, filters, weights);
  return { traits: fillTraits(players, viewer, filters, weights), standing };
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

/** Gives the highest units that anybody's traits are worth. */
function fillTraits(
  { hot, traits }: PackedPlayers,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  weights: RankingWeights,
): number {
  const regions = [undefined, ...traits.regions.words].map((region) =>
    unitsOr(anyOf(filters.regions, listOf(region)), regionPart(viewer.region, region, weights)),
  );
  const platforms = traits.platformSets.sets.flatMap((set) =>
    [false, true].map((acceptsCrossplay) => {
      const fits = platformsFit(viewer, { platforms: set, acceptsCrossplay }) && anyOf(filters.platforms, set);
      return unitsOr(fits, platformPart(viewer.platforms, set, weights));
    }),
  );
  const voice = [0, 1, 2, 3].map((code) => {
    const other = traits.voiceAt(code);
    const fits = voiceFits(viewer.wishes, other) && passesVoice(other, filters);
    return unitsOr(fits, voicePart(viewer.voice, other, weights));
  });
  const playStyles = [0, 1, 2].map((code) => {
    const other = traits.playStyleAt(code);
    return unitsOr(passesPlayStyle(other, filters), playStylePart(viewer.playStyle, other, weights));
  });
  const ages = [undefined, ...ageBands].map((age) =>
    unitsOr(ageFits(viewer, age) && anyOf(filters.ageBands, listOf(age)), 0),
  );
  const wishes = traits.wishes.map((wish) => unitsOr(wishesFit(wish, viewer), 0));

  const { regionOf, platformsOf, voiceOf, playStyleOf, ageOf, wishesOf } = traits;
  const { traitUnits } = hot;
  let highest = 0;
  for (let id = 1; id < traits.size; id += 1) {
    const units =
      regions[regionOf[id]!]! +
      platforms[platformsOf[id]!]! +
      voice[voiceOf[id]!]! +
      playStyles[playStyleOf[id]!]! +
      ages[ageOf[id]!]! +
      wishes[wishesOf[id]!]!;
    traitUnits[id] = units < refused ? refused : units;
    if (units > highest) highest = units;
  }
  traitUnits[nobodyTraits] = refused;
  // Whoever is looked at one by one may have it all.
  traitUnits[oddTraits] = highestScore(weights) + 2 * weights.genres * unitsPerPoint;
  return highest;
}

function unitsOr(fits: boolean, units: number): number {
  return fits ? units : refused;
}
