import { Client } from 'pg';
import type { GameStatistics } from '#modules/search/score/co-play.ts';
import type { SearchEngine, TeammateQuery } from '#modules/search/score/engine.ts';
import { playShares } from '#modules/search/score/play-shares.ts';
import { enoughHours } from '#modules/search/score/time-part.ts';
import { highestScore, unitsPerPoint, rankingWeights as weights } from '#modules/search/score/weights.ts';
import { bits, rowOf, tasteRows, today } from './search-rows.ts';
import type { SyntheticPopulation } from './synthetic-players.ts';

export interface SqlResult {
  readonly method: string;
  readonly milliseconds: readonly number[];
  /** For how many of the searches the list of scores is the engine's. */
  readonly sameLists: string;
}

/**
 * The same search in PostgreSQL over the same players: *naive* counts shared games, as one would write it first; *best* adds
 * up the very score of the engine from prepared columns and a covering index, and so must give the same scores.
 */
export async function measureSql(
  url: string,
  population: SyntheticPopulation,
  size: number,
  statistics: GameStatistics,
  queries: readonly TeammateQuery[],
  engine: SearchEngine,
): Promise<SqlResult[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await createTables(client);
    await fillTables(client, population, size);
    await client.query('SET jit = off');
    const naive = await time(queries, (query) => client.query(naiveSql, naiveValues(query)));
    const best = await time(queries, (query) =>
      client.query<{ units: string }>(bestSql, bestValues(query, statistics)),
    );
    return [
      { method: 'naive SQL (shared games)', milliseconds: naive.milliseconds, sameLists: '-' },
      {
        method: 'best SQL (whole score)',
        milliseconds: best.milliseconds,
        sameLists: compare(best.answers, queries, engine),
      },
    ];
  } finally {
    await client.query('DROP TABLE IF EXISTS bench_players, bench_plays');
    await client.end();
  }
}

async function createTables(client: Client): Promise<void> {
  await client.query(`
    DROP TABLE IF EXISTS bench_players, bench_plays;
    CREATE UNLOGGED TABLE bench_players (
      player int NOT NULL, account_id uuid NOT NULL, languages text[] NOT NULL, platforms text[] NOT NULL,
      crossplay bool NOT NULL, region text NOT NULL, voice text, play_style text NOT NULL, age_band text NOT NULL,
      voice_wish text, genres text[] NOT NULL, week bit(168) NOT NULL, active_day int NOT NULL, standing int NOT NULL);
    CREATE UNLOGGED TABLE bench_plays (
      game text NOT NULL, player int NOT NULL, share int NOT NULL, rank_step int NOT NULL, is_among_five int NOT NULL);`);
}

async function fillTables(client: Client, population: SyntheticPopulation, size: number): Promise<void> {
  for (let from = 0; from < size; from += 2000) {
    const count = Math.min(2000, size - from);
    const players = Array.from({ length: count }, (_, place) => population.player(from + place));
    const rows = players.map((player, place) => ({ player: from + place, ...rowOf(player) }));
    const plays = players.flatMap((player, place) =>
      playShares(player.games).map(({ gameSlug, share, rankStep, isAmongFive }) => ({
        game: gameSlug,
        player: from + place,
        share,
        rank_step: rankStep,
        is_among_five: isAmongFive ? 1 : 0,
      })),
    );
    await insert(client, 'bench_players', rows);
    await insert(client, 'bench_plays', plays);
  }
  await client.query(`
    ALTER TABLE bench_players ADD PRIMARY KEY (player);
    CREATE INDEX ON bench_plays (game, player) INCLUDE (share, rank_step, is_among_five);
    CREATE INDEX ON bench_players USING gin (languages);`);
  await client.query('VACUUM ANALYZE bench_players');
  await client.query('VACUUM ANALYZE bench_plays');
}

async function insert(client: Client, table: string, rows: readonly object[]): Promise<void> {
  await client.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`, [
    JSON.stringify(rows),
  ]);
}

const mayMeetSql = `
  p.languages && $1 AND (p.platforms && $2 OR (p.crossplay AND $3)) AND p.active_day >= $4
  AND (p.age_band = '18_plus') = ($5 = '18_plus') AND p.account_id <> $6
  AND ($7::text IS NULL OR p.voice IS NULL OR p.voice IN ('sometimes', $7))
  AND (p.voice_wish IS NULL OR $8::text IS NULL OR $8 IN ('sometimes', p.voice_wish))`;

function mayMeetValues({ viewer }: TeammateQuery): unknown[] {
  const { languages, platforms, acceptsCrossplay, ageBand, accountId, wishes, voice } = viewer;
  return [languages, platforms, acceptsCrossplay, today - 30, ageBand, accountId, wishes.voice ?? null, voice ?? null];
}

const naiveSql = `
  SELECT p.account_id, count(*) AS shared
  FROM bench_plays g JOIN bench_players p USING (player)
  WHERE g.game = ANY($9) AND ${mayMeetSql}
  GROUP BY p.player, p.account_id ORDER BY shared DESC, p.account_id LIMIT 50`;

function naiveValues(query: TeammateQuery): unknown[] {
  return [...mayMeetValues(query), query.viewer.games.map(({ gameSlug }) => gameSlug)];
}

/** Games first, from the index alone; then the cheap parts; the formulas are those of `score.ts`. */
const bestSql = `
  WITH taste AS (
    SELECT * FROM json_to_recordset($9) AS t(game text, wanted int, weight int, bonus int, skill int[])
  ), played AS (
    SELECT g.player, sum(t.weight * least(t.wanted, g.share) * t.skill[g.rank_step + 1] + t.bonus * g.is_among_five) AS units
    FROM taste t JOIN bench_plays g USING (game) GROUP BY g.player
    HAVING sum(t.weight * least(t.wanted, g.share) * t.skill[g.rank_step + 1] + t.bonus * g.is_among_five) > 0
  )
  SELECT p.account_id, played.units
    + p.standing * ${weights.standingStep * unitsPerPoint}
    + (${weights.time * unitsPerPoint} * least(bit_count(p.week & $10::bit(168)), ${enoughHours})) / ${enoughHours}
    + (ARRAY[0, 3, 4])[1 + least(2, cardinality(ARRAY(SELECT unnest(p.languages) INTERSECT SELECT unnest($1::text[]))))]
      * ${(weights.language * unitsPerPoint) / 4}
    + CASE WHEN p.region = $11 THEN ${weights.region * unitsPerPoint} ELSE 0 END
    + CASE WHEN p.platforms && $2 THEN ${weights.platform * unitsPerPoint} ELSE 0 END
    + CASE WHEN p.voice IS NULL OR $8::text IS NULL THEN 1 WHEN p.voice = $8 THEN 2
        WHEN 'sometimes' IN (p.voice, $8) THEN 1 ELSE 0 END * ${(weights.voice * unitsPerPoint) / 2}
    + CASE WHEN p.play_style = $12 THEN ${weights.playStyle * unitsPerPoint} ELSE 0 END
    + 2 * $13::int * cardinality(ARRAY(SELECT unnest(p.genres) INTERSECT SELECT unnest($14::text[])))
      / (cardinality($14::text[]) + cardinality(p.genres)) AS units
  FROM played JOIN bench_players p USING (player)
  WHERE ${mayMeetSql}
  ORDER BY units DESC, p.account_id LIMIT 50`;

function bestValues(query: TeammateQuery, statistics: GameStatistics): unknown[] {
  const { viewer } = query;
  const genresWorth = weights.genres * unitsPerPoint * Math.max(1, 3 - viewer.games.length);
  return [
    ...mayMeetValues(query),
    JSON.stringify(tasteRows(viewer, statistics)),
    bits(viewer.availability),
    viewer.region,
    viewer.playStyle,
    genresWorth,
    viewer.genres,
  ];
}

async function time<Answer>(
  queries: readonly TeammateQuery[],
  run: (query: TeammateQuery) => Promise<{ rows: Answer[] }>,
): Promise<{ milliseconds: number[]; answers: Answer[][] }> {
  const milliseconds: number[] = [];
  const answers: Answer[][] = [];
  for (const query of queries) {
    await run(query);
    const start = performance.now();
    const { rows } = await run(query);
    milliseconds.push(performance.now() - start);
    answers.push(rows);
  }
  return { milliseconds, answers };
}

export function compare(
  answers: readonly (readonly { units?: unknown }[])[],
  queries: readonly TeammateQuery[],
  engine: SearchEngine,
): string {
  // A search that was widened is another one.
  const compared = answers.flatMap((rows, place) => {
    const { items, widened } = engine.search(queries[place]!);
    if (widened.length > 0) return [];
    const scores = rows.map(({ units }) => Number(units) / highestScore(weights));
    return [items.length === scores.length && items.every(({ score }, index) => score === scores[index])];
  });
  return `${compared.filter(Boolean).length} of ${compared.length}`;
}
