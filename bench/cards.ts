/**
 * Cards and the catalogue as apps read them: `node bench/cards.ts [seconds]` (default 5 for each row).
 *
 * A server in a process of its own with PLAYERS demo players, CLIENTS clients. Cards are read in turn, each of another
 * person; the catalogue by id, by page, by prefix, by a misspelt name, and with the tag that the client holds already.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';
import { startServer } from './server-process.ts';

const PLAYERS = 2_000;
const CARDS = 100;
const CLIENTS = 8;
/** More than the server remembers the answers to. */
const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const misspelt = letters.flatMap((one) => letters.map((other) => `/v1/games?query=min${one}cr${other}ft`));
const seconds = Number(process.argv[2] ?? 5);

type Headers = Record<string, string>;

const dataDir = await mkdtemp(join(tmpdir(), 'soyamate-cards-'));
const loadBefore = loadavg()[0] ?? 0;
const server = await startServer(dataDir, { DEMO_PLAYERS: String(PLAYERS) });
const rows: Record<string, string | number>[] = [];
try {
  const headers = { authorization: `Bearer ${await signUp()}` };
  const userIds = await findPeople(headers);
  const tag = await findTag('/v1/games', headers);
  await run(
    `cards of ${userIds.length} people in turn`,
    headers,
    userIds.map((userId) => `/v1/users/${userId}`),
  );
  await run('one game', headers, ['/v1/games/dota-2']);
  await run('a page of 30 games', headers, ['/v1/games']);
  await run('the same, the tag is held (304)', { ...headers, 'if-none-match': tag }, ['/v1/games']);
  await run('games by prefix', headers, ['/v1/games?query=counter']);
  await run('games by a misspelt name', headers, misspelt);
  await run('all genres', headers, ['/v1/genres']);
  printTable(rows);
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
const result = { machine: describeMachine(), seconds, clients: CLIENTS, players: PLAYERS, loadBefore, rows };
await writeFile(new URL('results/cards.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

async function run(what: string, headers: Headers, paths: readonly string[]): Promise<void> {
  const requests = paths.map((path) => ({ method: 'GET' as const, path }));
  const found = await autocannon({ url: server.url, headers, requests, connections: CLIENTS, duration: seconds });
  const failures = found.errors + found['4xx'] + found['5xx'];
  rows.push({
    what,
    'a second': Math.round(found.requests.total / found.duration),
    'p50 ms': found.latency.p50,
    'p99 ms': found.latency.p99,
    failures,
  });
}

async function signUp(): Promise<string> {
  const response = await fetch(`${server.url}/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      username: 'reader',
      email: 'reader@example.com',
      password: 'correct horse battery',
      ageBand: '18_plus',
      acceptedTerms: '2026-11-01',
    }),
  });
  const { tokens } = (await response.json()) as { tokens: { accessToken: string } };
  return tokens.accessToken;
}

async function findPeople(headers: Headers): Promise<string[]> {
  const response = await fetch(`${server.url}/v1/teammates?limit=${CARDS}`, { headers });
  const { items } = (await response.json()) as { items: { user: { userId: string } }[] };
  if (items.length === 0) throw new Error('the search found nobody whose card could be read');
  return items.map(({ user }) => user.userId);
}

async function findTag(path: string, headers: Headers): Promise<string> {
  const response = await fetch(`${server.url}${path}`, { headers });
  await response.arrayBuffer();
  return response.headers.get('etag') ?? '';
}
