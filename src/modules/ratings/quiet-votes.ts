/** How loud votes may be that come together; rating-mean.ts says why. */
export const MOST_A_WEEK = 1.5;
export const SEASON_DAYS = 90;
export const SEASON_SHARE = 0.2;
export const MOST_A_SEASON = 3;

export type Timed = { weight: number; atMs: number };

/** Votes within a week of each other, whoever is in the middle, weigh MOST_A_WEEK at most. The earliest first. */
export function quietCrowds<T extends Timed>(voices: readonly T[]): T[] {
  const weightBetween = createSums(voices);
  return voices.map((voice) => {
    const crowd = weightBetween(voice.atMs - WEEK_MS + 1, voice.atMs + WEEK_MS);
    // A difference of sums may miss what is next to nothing.
    return quieten(voice, MOST_A_WEEK, Math.max(voice.weight, crowd));
  });
}

/** Votes of the fullest season weigh SEASON_SHARE of all others, or MOST_A_SEASON. The earliest first. */
export function quietSeasons<T extends Timed>(voices: readonly T[]): T[] {
  const weightBetween = createSums(voices);
  const all = weightBetween(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const seasons = voices.map(({ atMs }) => ({ atMs, weight: weightBetween(atMs, atMs + SEASON_MS) }));
  const fullest = fullestSeasons(seasons);
  return voices.map((voice, i) => {
    const season = Math.max(voice.weight, fullest[i] ?? 0);
    return quieten(voice, Math.max(MOST_A_SEASON, SEASON_SHARE * (all - season)), season);
  });
}

/** Of the seasons that begin at most SEASON_DAYS before each voice: the one that weighs the most. */
function fullestSeasons(seasons: readonly Timed[]): number[] {
  const fullest: number[] = [];
  // Those that may still be the fullest for somebody later, the fullest first: a later one that weighs more displaces them.
  const candidates: Timed[] = [];
  let first = 0;
  let next = 0;
  for (const { atMs } of seasons) {
    for (let season = seasons[next]; season && season.atMs <= atMs; season = seasons[next]) {
      while (candidates.length > first && (candidates.at(-1)?.weight ?? 0) <= season.weight) candidates.pop();
      candidates.push(season);
      next += 1;
    }
    while ((candidates[first]?.atMs ?? atMs) + SEASON_MS <= atMs) first += 1;
    fullest.push(candidates[first]?.weight ?? 0);
  }
  return fullest;
}

const quieten = <T extends Timed>(voice: T, most: number, loudness: number): T => ({
  ...voice,
  weight: voice.weight * Math.min(1, most / loudness),
});

/** What the voices from one moment until before another weigh together, each asked for in the time of a search. */
function createSums(voices: readonly Timed[]): (fromMs: number, untilMs: number) => number {
  const sums = [0];
  for (const { weight } of voices) sums.push((sums.at(-1) ?? 0) + weight);
  const sumBefore = (ms: number) => sums[countBefore(voices, ms)] ?? 0;
  return (fromMs, untilMs) => sumBefore(untilMs) - sumBefore(fromMs);
}

function countBefore(voices: readonly Timed[], ms: number): number {
  let [low, high] = [0, voices.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((voices[middle]?.atMs ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const SEASON_MS = SEASON_DAYS * DAY_MS;
