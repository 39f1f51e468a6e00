/**
 * From which score on a saved search should tell its owner of somebody: `node bench/saved-searches.ts [players.csv.gz]`.
 *
 * The games are those of real players, told in levels; languages, hours, region and the rest are drawn, since the file knows
 * nothing of them. For each threshold: which part of those whom the owner may meet fits well, and how often a week that
 * happens where A_WEEK people are new or change their profile. Three a day are told, 21 a week, so more than that is noise.
 */
import { writeFile } from 'node:fs/promises';
import { createPackedIndex } from '#modules/search/packed/packed-index.ts';
import { gatherGameStatistics } from '#modules/search/score/co-play.ts';
import { noFilters } from '#modules/search/score/filters.ts';
import { playShares } from '#modules/search/score/play-shares.ts';
import type { SearchPlayer } from '#modules/search/score/player.ts';
import { describeMachine } from './machine.ts';
import { levelled } from './match-rankers.ts';
import { printTable } from './print-table.ts';
import { readLibraries } from './real-players.ts';
import { benchNow, createPopulation } from './synthetic-players.ts';

const OWNERS = 500;
const LEAST_GAMES = 3;
const A_WEEK = 1_000;
const MOST_TOLD = 21;
const thresholds = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];

const [path = '../shared/data/players.csv.gz'] = process.argv.slice(2);
const libraries = await readLibraries(path, 1);
const population = createPopulation(1);
const players = libraries.map((library, index): SearchPlayer => {
  const games = library.map(levelled).filter((game) => game !== undefined);
  return { ...population.player(index), games };
});
const engine = createPackedIndex();
for (const player of players) engine.upsert(player);
engine.setGameStatistics(gatherGameStatistics(players));
engine.tidy();

const owners = players.filter(({ games }) => games.length >= LEAST_GAMES).slice(0, OWNERS);
const rows = [
  ...rowsOf('anybody', (owner) => scoresFor(owner, [])),
  ...rowsOf('their main game', (owner) => scoresFor(owner, playShares(owner.games).slice(0, 1))),
];
console.log(`${owners.length} owners with ${LEAST_GAMES} games or more, among ${players.length} players`);
printTable(rows);
const result = { machine: describeMachine(), owners: owners.length, players: players.length, aWeek: A_WEEK, rows };
await writeFile(new URL('results/saved-searches.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

function rowsOf(asks: string, scoresOf: (owner: SearchPlayer) => number[]) {
  const scores = owners.map(scoresOf);
  return thresholds.map((threshold) => {
    const fits = scores.map((found) => found.filter((score) => score >= threshold).length / players.length);
    const told = fits.map((fitting) => fitting * A_WEEK);
    return {
      'asks for': asks,
      threshold,
      'fit %, median': percent(quantile(fits, 0.5), 2),
      'a week, p10': rounded(quantile(told, 0.1)),
      'a week, median': rounded(quantile(told, 0.5)),
      'a week, p90': rounded(quantile(told, 0.9)),
      'over the cap %': percent(part(told, (count) => count > MOST_TOLD)),
      'nobody fits %': percent(part(told, (count) => count === 0)),
    };
  });
}

/** Of everybody who would stand in the search without any wish given up, best first. */
function scoresFor(viewer: SearchPlayer, games: readonly { gameSlug: string }[]): number[] {
  const { items } = engine.search({
    viewer,
    filters: { ...noFilters, games: games.map(({ gameSlug }) => gameSlug) },
    excluded: [],
    now: benchNow,
    limit: players.length,
    explained: 0,
    isStrict: true,
  });
  return items.map(({ score }) => score);
}

function quantile(values: readonly number[], at: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(at * (values.length - 1))] ?? 0;
}

function part<Value>(values: readonly Value[], holds: (value: Value) => boolean): number {
  return values.filter(holds).length / values.length;
}

function percent(of: number, places = 1): number {
  return Math.round(of * 100 * 10 ** places) / 10 ** places;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
