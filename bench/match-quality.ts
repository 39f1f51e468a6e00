/**
 * How good the lists are, on real players: 30 % of each library is hidden, the ranker sees the rest.
 *
 *   node bench/match-quality.ts [path to players.csv.gz] [dev|hidden]
 *
 * `dev` is the half of the players on which the weights were tuned, `hidden` the other half with other games hidden: look
 * at it to report, never to tune. The file's licence does not allow shipping it; it stays outside the repository.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { rankersFor } from './match-rankers.ts';
import { createTruths, type Reading, type ReadingName, readingNames } from './match-truth.ts';
import { printTable } from './print-table.ts';
import { createRandom } from './random.ts';
import { type Library, readLibraries } from './real-players.ts';

const [path = '../shared/data/players.csv.gz', split = 'hidden'] = process.argv.slice(2);
const splits = {
  dev: { hideSeed: 20_261_124, isFirstHalf: true },
  hidden: { hideSeed: 77_003_911, isFirstHalf: false },
};
const chosen = split === 'dev' ? splits.dev : splits.hidden;
const leastGames = 5;

interface Quality {
  readonly ranking: string;
  readonly q: number;
  readonly readings: Record<ReadingName, number>;
  /** The part of all top-ten places that the most shown one per cent of people take. */
  readonly exposure: number;
  readonly medianLibrary: number;
  readonly millisecondsPerList: number;
}

const libraries = await readLibraries(path, chosen.hideSeed);
const viewers = drawViewers();
const truthOf = createTruths(libraries);
const qualities = measure();

console.log(`${viewers.length} viewers of the ${split} half, ${libraries.length} players`);
printTable(qualities.map(({ readings, ...rest }) => ({ ...rest, ...readings })));
const medianOfAll = median(libraries.map((library) => library.length));
console.log(`median library of everybody: ${medianOfAll} games`);
await mkdir(new URL('results/', import.meta.url), { recursive: true });
const result = {
  split,
  viewers: viewers.length,
  players: libraries.length,
  medianLibraryOfAll: medianOfAll,
  qualities,
};
await writeFile(
  new URL(`results/match-quality-${split}.json`, import.meta.url),
  `${JSON.stringify(result, null, 2)}\n`,
);

/** Half of the players with a library worth ranking by, and something played both shown and hidden. */
function drawViewers(): number[] {
  const random = createRandom(7);
  return libraries.flatMap((library: Library, player) => {
    const isDrawn = random() < 0.5 === chosen.isFirstHalf;
    const played = library.filter(({ hours }) => hours > 0);
    const isMeasurable = played.some(({ isHidden }) => isHidden) && played.some(({ isHidden }) => !isHidden);
    return isDrawn && library.length >= leastGames && isMeasurable ? [player] : [];
  });
}

function measure(): Quality[] {
  const rankers = Object.entries(rankersFor(libraries)).map(([ranking, create]) => ({
    ranking,
    rank: create(),
    readings: { commonPlay: [], mainFive: [], hiddenGame: [] } as Record<ReadingName, Reading[]>,
    shown: [] as number[],
    milliseconds: 0,
  }));
  for (const viewer of viewers) {
    const truth = truthOf(viewer);
    for (const ranker of rankers) {
      const start = performance.now();
      const topTen = ranker.rank(viewer);
      ranker.milliseconds += performance.now() - start;
      ranker.shown.push(...topTen);
      const judged = truth.judge(topTen);
      for (const name of readingNames) if (judged[name] !== undefined) ranker.readings[name].push(judged[name]);
    }
  }
  return rankers.map(({ ranking, readings, shown, milliseconds }) => {
    const normalised = {
      commonPlay: normalise(readings.commonPlay),
      mainFive: normalise(readings.mainFive),
      hiddenGame: normalise(readings.hiddenGame),
    };
    return {
      ranking,
      q: rounded((normalised.commonPlay + normalised.mainFive + normalised.hiddenGame) / 3),
      readings: normalised,
      exposure: rounded(exposureOf(shown)),
      medianLibrary: median(shown.map((player) => libraries[player]?.length ?? 0)),
      millisecondsPerList: rounded(milliseconds / viewers.length),
    };
  });
}

/** 0 is chance, 1 is the oracle. */
function normalise(readings: readonly Reading[]): number {
  const sum = (part: keyof Reading) => readings.reduce((total, reading) => total + reading[part], 0);
  return rounded((sum('got') - sum('chance')) / (sum('best') - sum('chance')));
}

function exposureOf(shown: readonly number[]): number {
  const times = new Map<number, number>();
  for (const player of shown) times.set(player, (times.get(player) ?? 0) + 1);
  const most = [...times.values()].toSorted((a, b) => b - a).slice(0, Math.ceil(libraries.length / 100));
  return most.reduce((sum, count) => sum + count, 0) / shown.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
