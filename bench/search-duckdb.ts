import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GameStatistics } from '#modules/search/score/co-play.ts';
import type { TeammateQuery } from '#modules/search/score/engine.ts';
import { playShares } from '#modules/search/score/play-shares.ts';
import { enoughHours } from '#modules/search/score/time-part.ts';
import { unitsPerPoint, rankingWeights as weights } from '#modules/search/score/weights.ts';
import { bits, rowOf, tasteRows, today } from './search-rows.ts';
import type { SyntheticPopulation } from './synthetic-players.ts';

type Reader = { getRowObjects(): Record<string, unknown>[] };
type Connection = {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<Reader>;
  closeSync(): void;
};
type DuckDb = { DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> } };

/** From `npm ci --prefix tools/duckdb`; undefined where nobody ran it. */
export function findDuckDb(): DuckDb | undefined {
  try {
    return createRequire(new URL('../tools/duckdb/package.json', import.meta.url))('@duckdb/node-api') as DuckDb;
  } catch {
    return undefined;
  }
}

/** The same search in DuckDB, in memory, on one thread as the engine: a column store that reads everybody at each search. */
export async function measureDuckDb(
  { DuckDBInstance }: DuckDb,
  population: SyntheticPopulation,
  size: number,
  statistics: GameStatistics,
  queries: readonly TeammateQuery[],
): Promise<{ milliseconds: number[]; answers: Record<string, unknown>[][] }> {
  const folder = await mkdtemp(join(tmpdir(), 'soyamate-duckdb-'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    await connection.run('SET threads = 1');
    await fill(connection, folder, population, size);
    const milliseconds: number[] = [];
    const answers: Record<string, unknown>[][] = [];
    for (const query of queries) {
      const sql = searchSql(query, statistics);
      await connection.run(sql);
      const start = performance.now();
      const reader = await connection.runAndReadAll(sql);
      milliseconds.push(performance.now() - start);
      answers.push(reader.getRowObjects());
    }
    return { milliseconds, answers };
  } finally {
    connection.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(connection: Connection, folder: string, population: SyntheticPopulation, size: number) {
  await connection.run(`
    CREATE TABLE players (
      player INTEGER, account_id VARCHAR, languages VARCHAR[], platforms VARCHAR[], crossplay BOOLEAN, region VARCHAR,
      voice VARCHAR, play_style VARCHAR, age_band VARCHAR, voice_wish VARCHAR, genres VARCHAR[], week VARCHAR,
      active_day INTEGER, standing INTEGER);
    CREATE TABLE plays (game VARCHAR, player INTEGER, share INTEGER, rank_step INTEGER, is_among_five INTEGER);`);
  const files = { players: join(folder, 'players.json'), plays: join(folder, 'plays.json') };
  for (let from = 0; from < size; from += 20_000) {
    const places = Array.from({ length: Math.min(20_000, size - from) }, (_, place) => from + place);
    const players = places.map((place) => population.player(place));
    const rows = players.map((player, index) => ({ player: places[index], ...rowOf(player) }));
    const plays = players.flatMap((player, index) =>
      playShares(player.games).map((play) => ({
        game: play.gameSlug,
        player: places[index],
        share: play.share,
        rank_step: play.rankStep,
        is_among_five: play.isAmongFive ? 1 : 0,
      })),
    );
    await writeFile(files.players, rows.map((row) => JSON.stringify(row)).join('\n'));
    await writeFile(files.plays, plays.map((row) => JSON.stringify(row)).join('\n'));
    await connection.run(`
      INSERT INTO players BY NAME SELECT * FROM read_json('${files.players}', format = 'newline_delimited');
      INSERT INTO plays BY NAME SELECT * FROM read_json('${files.plays}', format = 'newline_delimited');`);
  }
  await connection.run('ALTER TABLE players ALTER week TYPE BIT');
}

/** The values are our own: slugs, closed words and numbers. */
function searchSql({ viewer }: TeammateQuery, statistics: GameStatistics): string {
  const { languages, platforms, acceptsCrossplay, ageBand, accountId, wishes, voice } = viewer;
  const taste = tasteRows(viewer, statistics).map(
    ({ game, wanted, weight, bonus, skill }) => `(${text(game)}, ${wanted}, ${weight}, ${bonus}, [${skill.join()}])`,
  );
  const genresWorth = weights.genres * unitsPerPoint * Math.max(1, 3 - viewer.games.length);
  const added = 't.weight * least(t.wanted, g.share) * t.skill[g.rank_step + 1] + t.bonus * g.is_among_five';
  return `
    WITH taste(game, wanted, weight, bonus, skill) AS (VALUES ${taste.join(', ')}),
    played AS (
      SELECT g.player, sum(${added}) AS units FROM taste t JOIN plays g USING (game) GROUP BY g.player HAVING sum(${added}) > 0
    )
    SELECT p.account_id, played.units
      + p.standing * ${weights.standingStep * unitsPerPoint}
      + (${weights.time * unitsPerPoint} * least(bit_count(p.week & ${text(bits(viewer.availability))}::BIT), ${enoughHours})) // ${enoughHours}
      + [0, 3, 4][1 + least(2, len(list_intersect(p.languages, ${list(languages)})))] * ${(weights.language * unitsPerPoint) / 4}
      + CASE WHEN p.region = ${text(viewer.region)} THEN ${weights.region * unitsPerPoint} ELSE 0 END
      + CASE WHEN list_has_any(p.platforms, ${list(platforms)}) THEN ${weights.platform * unitsPerPoint} ELSE 0 END
      + CASE WHEN p.voice IS NULL OR ${text(voice)} IS NULL THEN 1 WHEN p.voice = ${text(voice)} THEN 2
          WHEN 'sometimes' IN (p.voice, ${text(voice)}) THEN 1 ELSE 0 END * ${(weights.voice * unitsPerPoint) / 2}
      + CASE WHEN p.play_style = ${text(viewer.playStyle)} THEN ${weights.playStyle * unitsPerPoint} ELSE 0 END
      + 2 * ${genresWorth} * len(list_intersect(p.genres, ${list(viewer.genres)})) // greatest(1, len(p.genres) + ${viewer.genres.length})
      AS units
    FROM played JOIN players p USING (player)
    WHERE list_has_any(p.languages, ${list(languages)})
      AND (list_has_any(p.platforms, ${list(platforms)}) OR (p.crossplay AND ${acceptsCrossplay}))
      AND p.active_day >= ${today - 30}
      AND (p.age_band = '18_plus') = ${ageBand === '18_plus'} AND p.account_id <> ${text(accountId)}
      AND (${text(wishes.voice)} IS NULL OR p.voice IS NULL OR p.voice IN ('sometimes', ${text(wishes.voice)}))
      AND (p.voice_wish IS NULL OR ${text(voice)} IS NULL OR ${text(voice)} IN ('sometimes', p.voice_wish))
    ORDER BY units DESC, p.account_id LIMIT 50`;
}

const text = (value: string | undefined): string => (value === undefined ? 'NULL::VARCHAR' : `'${value}'`);
const list = (values: readonly string[]): string => `[${values.map(text).join()}]::VARCHAR[]`;
