/**
 * The search as an app feels it: `node bench/search-http.ts [players …]` (default 100,000).
 *
 * A server in a process of its own on its embedded PostgreSQL (or on the empty database of `DATABASE_URL`), with demo players made by the bulk path and multiplied in
 * SQL (each copy has the traits of one of them and the games of another). VIEWERS people search in turn, every second
 * one with a filter: first one at a time, then CLIENTS at once while a probe asks for /health/live a hundred times a second.
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { describeMachine } from './machine.ts';
import { type LeanHttp, openLeanHttp, requestOf } from './messenger/lean-http.ts';
import { percentile } from './messenger/percentile.ts';
import { copyPlayers } from './multiply-players.ts';
import { printTable } from './print-table.ts';
import { createRandom } from './random.ts';
import { findFreePort, type ServerProcess, startServer } from './server-process.ts';

const SEEDS = 5_000;
const VIEWERS = 40;
const CLIENTS = 8;
const SECONDS = 10;
const PROBE_MS = 10;

/** `best`: the least of all times of each request, which leaves out what other programs on the machine took. */
type Timed = { times: number[]; best: Map<string, number>; failures: number };
type Row = Record<string, string | number>;

const sizes = process.argv.slice(2).map(Number);
const dataDir = await mkdtemp(join(tmpdir(), 'soyamate-bench-'));
const rows: Row[] = [];
try {
  for (const size of sizes.length === 0 ? [100_000] : sizes) {
    await fill(size);
    rows.push(await measure(size));
    printTable(rows.slice(-1));
    const result = { machine: describeMachine(), seconds: SECONDS, viewers: VIEWERS, clients: CLIENTS, rows };
    await writeFile(new URL('results/search-http.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

/** The first time there are only SEEDS demo players, and the viewers sign up; a database that is full enough stays as it is. */
async function fill(size: number): Promise<void> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && (await withClient(given, countPlayers)) >= size) return;
  const server = await startServer(dataDir, { DEMO_PLAYERS: String(SEEDS) });
  try {
    await withClient(given ?? findEmbeddedPostgres(dataDir), async (client) => {
      if ((await countPlayers(client)) === SEEDS) {
        for (let place = 0; place < VIEWERS; place += 1) await signUp(server, place);
      }
      await copyPlayers(client, await countPlayers(client), size);
    });
  } finally {
    await server.stop();
  }
}

async function withClient<T>(url: string | undefined, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function countPlayers(client: pg.Client): Promise<number> {
  const { rows: tables } = await client.query("select from pg_tables where tablename = 'profiles'");
  if (tables.length === 0) return 0;
  const { rows: counted } = await client.query<{ count: number }>('select count(*)::integer as count from profiles');
  return counted[0]?.count ?? 0;
}

async function measure(size: number): Promise<Row> {
  const loadBefore = loadavg()[0] ?? 0;
  await rm(join(dataDir, 'search'), { recursive: true, force: true });
  const first = await startServer(dataDir);
  await first.stop();
  const savedAt = await savedAtMs();
  const metricsPort = await findFreePort();
  const server = await startServer(dataDir, { METRICS_PORT: String(metricsPort) });
  try {
    await untilSavedAnew(savedAt);
    const requests = await searchRequests(server);
    const port = Number(new URL(server.url).port);
    await askInTurn(port, 1, requests, 3);
    const one = await askInTurn(port, 1, requests, SECONDS);
    const probing = probe(port, SECONDS, requests[0] ?? '');
    const many = await askInTurn(port, CLIENTS, requests, SECONDS);
    const health = await probing;
    return {
      players: size,
      'ready s, first reading': Math.round(first.readyMs / 100) / 10,
      'ready s, saved index': Math.round(server.readyMs / 100) / 10,
      'index MB': Math.round((await gauge(metricsPort, 'soyamate_search_memory_bytes')) / 1e6),
      'p50 ms': percentile(one.times, 50),
      'p99 ms': percentile(one.times, 99),
      'best p50 ms': percentile([...one.best.values()], 50),
      'best p99 ms': percentile([...one.best.values()], 99),
      [`a second, ${CLIENTS} clients`]: Math.round(many.times.length / SECONDS),
      [`p99 ms, ${CLIENTS} clients`]: percentile(many.times, 99),
      'health p99 ms meanwhile': percentile(health.times, 99),
      failures: one.failures + many.failures + health.failures,
      'load before': Math.round(loadBefore * 10) / 10,
      'load after': Math.round((loadavg()[0] ?? 0) * 10) / 10,
    };
  } finally {
    await server.stop();
  }
}

/** A server that has opened its file reads everybody anew behind it and saves that: the searches are timed after that. */
async function untilSavedAnew(since: number): Promise<void> {
  while ((await savedAtMs()) === since) await sleep(1_000);
}

async function savedAtMs(): Promise<number> {
  return (await stat(join(dataDir, 'search', 'index'))).mtimeMs;
}

async function gauge(metricsPort: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

async function askInTurn(port: number, clients: number, requests: readonly string[], seconds: number): Promise<Timed> {
  const timed = nothingTimed();
  const endsAt = performance.now() + seconds * 1_000;
  let turn = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const http = openLeanHttp(port);
      while (performance.now() < endsAt) {
        turn += 1;
        await ask(http, requests[turn % requests.length] ?? '', performance.now(), timed);
      }
      http.close();
    }),
  );
  return timed;
}

/** One question every PROBE_MS, each on a connection of its own, whether the one before has been answered or not. */
async function probe(port: number, seconds: number, search: string): Promise<Timed> {
  const timed = nothingTimed();
  const request = search.replace(/^GET \S+/, 'GET /health/live');
  const free: LeanHttp[] = [];
  const asked: Promise<void>[] = [];
  const endsAt = performance.now() + seconds * 1_000;
  for (let due = performance.now(); due < endsAt; due += PROBE_MS) {
    await sleep(Math.max(0, due - performance.now()));
    const http = free.pop() ?? openLeanHttp(port);
    asked.push(ask(http, request, performance.now(), timed).then(() => void free.push(http)));
  }
  await Promise.all(asked);
  for (const http of free) http.close();
  return timed;
}

function nothingTimed(): Timed {
  return { times: [], best: new Map(), failures: 0 };
}

async function ask(http: LeanHttp, request: string, since: number, timed: Timed): Promise<void> {
  const { status } = await http.ask(request);
  const took = performance.now() - since;
  timed.times.push(took);
  timed.best.set(request, Math.min(took, timed.best.get(request) ?? took));
  if (status !== 200) timed.failures += 1;
}

function nameOf(place: number): string {
  return `viewer${place}`;
}

function passwordOf(place: number): string {
  return `${nameOf(place)} likes long ones`;
}

/** Signs up and fills a profile in as a player would. */
async function signUp(server: ServerProcess, place: number): Promise<void> {
  const random = createRandom(place + 1);
  const body = {
    username: nameOf(place),
    email: `${nameOf(place)}@example.com`,
    password: passwordOf(place),
    ageBand: '18_plus',
    acceptedTerms: '2026-11-01',
  };
  const { tokens } = (await call(server, 'POST', '/auth/register', undefined, body)) as Signed;
  const games = await popularGames(server, tokens.accessToken);
  const isRussian = place % 2 === 0;
  await call(server, 'PATCH', '/me/profile', tokens.accessToken, {
    languages: isRussian ? ['ru'] : ['en', 'de'],
    platforms: ['windows'],
    region: isRussian ? 'cis' : 'europe',
    timeZone: isRussian ? 'Europe/Moscow' : 'Europe/Berlin',
    availability: [{ day: 'fri', from: '19:00', to: '23:00' }],
  });
  const played = new Set(Array.from({ length: 6 }, () => games[Math.floor(random() ** 2 * games.length)] ?? 'dota-2'));
  for (const gameId of played) {
    await call(server, 'PUT', `/me/profile/games/${gameId}`, tokens.accessToken, {
      level: 'often',
      platform: 'windows',
    });
  }
}

async function searchRequests(server: ServerProcess): Promise<string[]> {
  const requests: string[] = [];
  for (let place = 0; place < VIEWERS; place += 1) {
    const body = { login: nameOf(place), password: passwordOf(place) };
    const { tokens } = (await call(server, 'POST', '/auth/login', undefined, body)) as Signed;
    const games = await popularGames(server, tokens.accessToken);
    const filter = place % 4 === 1 ? `&game=${games[place] ?? 'dota-2'}` : place % 4 === 3 ? '&voice=yes' : '';
    requests.push(requestOf('GET', `/v1/teammates?limit=30${filter}`, tokens.accessToken));
  }
  return requests;
}

type Signed = { tokens: { accessToken: string } };

async function popularGames(server: ServerProcess, token: string): Promise<string[]> {
  const { items } = (await call(server, 'GET', '/games?limit=100', token)) as { items: { gameId: string }[] };
  return items.map(({ gameId }) => gameId);
}

async function call(
  { url }: ServerProcess,
  method: string,
  path: string,
  token: string | undefined,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${url}/v1${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}
