/**
 * How fast the engine is, on synthetic players, against the same search in PostgreSQL.
 *
 *   node --expose-gc bench/search-speed.ts [players …]
 *
 * `BENCH_DATABASE_URL` names an empty PostgreSQL database for the comparison (tables are made and dropped, up to
 * `BENCH_SQL_PLAYERS` players, default 1,000,000), and DuckDB joins in where `npm ci --prefix tools/duckdb` was run; without it the
 * SQL part is left out. One search is timed in several
 * passes over all viewers: `first` is the first pass after warming up, `best` the least of all passes for each viewer, which
 * leaves out what other programs on the machine took.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { createPackedIndex } from '#modules/search/packed/packed-index.ts';
import { type GameStatistics, gatherGameStatistics } from '#modules/search/score/co-play.ts';
import type { SearchEngine, TeammateQuery } from '#modules/search/score/engine.ts';
import { noFilters } from '#modules/search/score/filters.ts';
import { printTable } from './print-table.ts';
import { findDuckDb, measureDuckDb } from './search-duckdb.ts';
import { compare, measureSql } from './search-sql.ts';
import { benchNow, createPopulation } from './synthetic-players.ts';

const sizes = process.argv.slice(2).map(Number);
const passes = 5;
const viewerCount = 300;
const batchSize = 5000;
const limit = 50;
const population = createPopulation(1);
const databaseUrl = process.env['BENCH_DATABASE_URL'];
const duckDb = findDuckDb();
if (!duckDb) console.log('DuckDB is left out: npm ci --prefix tools/duckdb');
const mostSqlPlayers = Number(process.env['BENCH_SQL_PLAYERS'] ?? 1_000_000);

const rows: Record<string, string | number>[] = [];
const sqlRows: Record<string, string | number>[] = [];
await mkdir(new URL('results/', import.meta.url), { recursive: true });
for (const size of sizes.length === 0 ? [100_000, 1_000_000] : sizes) {
  await measureSize(size);
  await writeResult();
}
printTable(rows);
if (sqlRows.length > 0) printTable(sqlRows);

async function writeResult(): Promise<void> {
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    loadAverage: loadavg().map((average) => rounded(average, 1)),
  };
  const result = { machine, viewers: viewerCount, passes, limit, engine: rows, sql: sqlRows };
  await writeFile(new URL('results/search-speed.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
}

async function measureSize(size: number): Promise<void> {
  collectGarbage();
  const before = memoryMegabytes();
  const engine = createPackedIndex();
  const build = load(engine, size);
  collectGarbage();
  const memory = memoryMegabytes() - before;
  const statistics = gatherGameStatistics(sample(Math.min(size, 50_000)));
  engine.setGameStatistics(statistics);
  const queries = Array.from({ length: viewerCount }, (_, place) => queryOf((place * 7919 + 13) % size));
  for (const query of queries.slice(0, 100)) engine.search(query);
  const { first, best } = timeSearches(engine, queries);
  // Before the updates: they leave the engine with other players than the database.
  if (databaseUrl !== undefined && size <= mostSqlPlayers)
    await compareWithSql(databaseUrl, engine, size, statistics, best);
  rows.push({
    players: size,
    'build s': rounded(build / 1000, 2),
    'memory MB': rounded(memory, 1),
    'first p50 ms': rounded(quantile(first, 0.5), 2),
    'first p99 ms': rounded(quantile(first, 0.99), 2),
    'best p50 ms': rounded(quantile(best, 0.5), 2),
    'best p99 ms': rounded(quantile(best, 0.99), 2),
    ...timeUpdates(engine, size),
  });
}

/** Milliseconds inside the engine, CPU time of this process, without making up the players. */
function load(engine: SearchEngine, size: number): number {
  let spent = 0;
  for (let from = 0; from < size; from += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, size - from) }, (_, place) =>
      population.player(from + place),
    );
    const start = cpuMilliseconds();
    for (const player of batch) engine.upsert(player);
    spent += cpuMilliseconds() - start;
  }
  const start = cpuMilliseconds();
  engine.tidy();
  return spent + cpuMilliseconds() - start;
}

function timeSearches(engine: SearchEngine, queries: readonly TeammateQuery[]): { first: number[]; best: number[] } {
  const times = Array.from({ length: passes }, () => queries.map((query) => timeOf(() => engine.search(query))));
  const best = queries.map((_, query) => Math.min(...times.map((pass) => pass[query]!)));
  return { first: times[0] ?? [], best };
}

/** A change that stays in place, and one of games; each with the search that sees it, less a search without a change. */
function timeUpdates(engine: SearchEngine, size: number): Record<string, number> {
  const query = queryOf(5);
  const plain = quantile(
    Array.from({ length: 50 }, () => timeOf(() => engine.search(query))),
    0.5,
  );
  const changes = (change: (index: number) => void) =>
    Array.from({ length: 50 }, (_, place) => {
      const index = (place * 104_729) % size;
      const update = timeOf(() => change(index));
      return { update, visible: update + timeOf(() => engine.search(query)) - plain };
    });
  const players = Array.from({ length: 50 }, (_, place) => population.player((place * 104_729) % size));
  const seen = changes((index) => engine.upsert({ ...population.player(index), isOnline: true }));
  const played = changes((index) => {
    const player = population.player(index);
    engine.upsert({ ...player, games: population.player((index + 1) % size).games });
  });
  const drawing = quantile(
    players.map((player) => timeOf(() => population.player(player.games.length))),
    0.5,
  );
  const middle = (values: readonly { update: number; visible: number }[], part: 'update' | 'visible') =>
    rounded(
      (quantile(
        values.map((value) => value[part]),
        0.5,
      ) -
        drawing) *
        1000,
      0,
    );
  return {
    'update us': middle(seen, 'update'),
    'games update us': middle(played, 'update'),
    'games visible us': middle(played, 'visible'),
  };
}

async function compareWithSql(
  url: string,
  engine: SearchEngine,
  size: number,
  statistics: GameStatistics,
  best: readonly number[],
): Promise<void> {
  const queries = Array.from({ length: 10 }, (_, place) => queryOf((place * 7919 + 13) % size));
  const sql = await measureSql(url, population, size, statistics, queries, engine);
  if (duckDb) {
    const { milliseconds, answers } = await measureDuckDb(duckDb, population, size, statistics, queries);
    sql.push({ method: 'DuckDB (whole score)', milliseconds, sameLists: compare(answers, queries, engine) });
  }
  const engineP50 = quantile(best, 0.5);
  for (const { method, milliseconds, sameLists } of sql) {
    const p50 = quantile(milliseconds, 0.5);
    sqlRows.push({
      players: size,
      method,
      'p50 ms': rounded(p50, 1),
      'best ms': rounded(Math.min(...milliseconds), 1),
      'times slower': rounded(p50 / engineP50, 0),
      'same lists': sameLists,
    });
  }
}

function queryOf(index: number): TeammateQuery {
  return { viewer: population.player(index), filters: noFilters, excluded: [], now: benchNow, limit };
}

function* sample(count: number) {
  for (let index = 0; index < count; index += 1) yield population.player(index);
}

function timeOf(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function collectGarbage(): void {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
}

/** Buffers, WebAssembly memories and the heap. */
function memoryMegabytes(): number {
  const { external, heapUsed } = process.memoryUsage();
  return (external + heapUsed) / 1e6;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function rounded(value: number, places: number): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}
