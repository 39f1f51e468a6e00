/**
 * The daily calls, beside their limits in the same run: `node bench/basics.ts`.
 *
 * A server in a process of its own on its embedded PostgreSQL (fsync on) with 10,000 demo players; a bare Fastify that
 * says hello, in a process of its own too; pgbench, when it is installed, on the same PostgreSQL. Each measurement lasts
 * BENCH_SECONDS (8) with CLIENTS connections that ask one thing at a time.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { WebSocket } from 'ws';
import { findEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';
import { startServer } from './server-process.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const CLIENTS = 8;
const PLAYERS = 10_000;

type Row = { what: string; 'a second': number; 'p50 ms': number; 'p99 ms': number | '-'; errors: number };
type Person = { userId: string; token: string };

const dataDir = await mkdtemp(join(tmpdir(), 'soyamate-bench-'));
const server = await startServer(dataDir, { DEMO_PLAYERS: String(PLAYERS) });
const rows: Row[] = [];
try {
  const alice = await signUp('alice');
  await fillIn(alice);
  const chatIds: string[] = [];
  const peers: Person[] = [];
  for (let i = 0; i < CLIENTS; i += 1) {
    const peer = await signUp(`peer${i}`);
    peers.push(peer);
    chatIds.push(await openChat(alice, peer));
  }

  rows.push(await measureHello());
  rows.push(await measureHttp('GET /v1/me', { url: `${server.url}/v1/me`, headers: bearer(alice) }));
  const search = `${server.url}/v1/teammates?limit=30`;
  rows.push(await measureHttp(`GET /v1/teammates among ${PLAYERS}`, { url: search, headers: bearer(alice) }));
  rows.push(await measureHttp('POST …/messages', sendRequests(alice, chatIds)));
  rows.push(await measureSocketSends(peers, chatIds));
  rows.push(...measurePgbench());
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true });
}
printTable(rows);
const result = { machine: describeMachine(), seconds: SECONDS, clients: CLIENTS, rows };
await writeFile(new URL('results/basics.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

function bearer({ token }: Person) {
  return { authorization: `Bearer ${token}` };
}

async function call(
  method: string,
  path: string,
  person: Person | undefined,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${server.url}/v1${path}`, {
    method,
    headers: { ...(person && bearer(person)), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

async function signUp(username: string): Promise<Person> {
  const body = {
    username,
    email: `${username}@example.com`,
    password: `${username} likes long ones`,
    ageBand: '18_plus',
    acceptedTerms: '2026-11-01',
  };
  const { user, tokens } = (await call('POST', '/auth/register', undefined, body)) as {
    user: { userId: string };
    tokens: { accessToken: string };
  };
  return { userId: user.userId, token: tokens.accessToken };
}

async function fillIn(person: Person): Promise<void> {
  await call('PATCH', '/me/profile', person, {
    languages: ['ru', 'en'],
    platforms: ['windows'],
    region: 'cis',
    timeZone: 'Europe/Moscow',
    availability: [{ day: 'fri', from: '19:00', to: '23:00' }],
  });
  for (const gameId of ['dota-2', 'counter-strike-2', 'rust', 'team-fortress-2']) {
    await call('PUT', `/me/profile/games/${gameId}`, person, { level: 'often', platform: 'windows' });
  }
}

/** Opens the chat and has the other answer, so that it is no request any more. */
async function openChat(person: Person, peer: Person): Promise<string> {
  const { chatId } = await call('PUT', `/chats/direct/${peer.userId}`, person);
  await call('POST', `/chats/${String(chatId)}/messages`, person, { clientId: randomUUID(), text: 'hi' });
  await call('POST', `/chats/${String(chatId)}/messages`, peer, { clientId: randomUUID(), text: 'hi' });
  return String(chatId);
}

async function measureHttp(what: string, options: Omit<autocannon.Options, 'connections' | 'duration'>): Promise<Row> {
  await autocannon({ ...options, connections: CLIENTS, duration: 2 });
  const found = await autocannon({ ...options, connections: CLIENTS, duration: SECONDS });
  return {
    what,
    'a second': Math.round(found.requests.average),
    'p50 ms': found.latency.p50,
    'p99 ms': found.latency.p99,
    errors: found.errors + found.non2xx,
  };
}

function sendRequests(person: Person, chatIds: readonly string[]) {
  let turn = 0;
  return {
    url: server.url,
    requests: [
      {
        method: 'POST' as const,
        headers: { ...bearer(person), 'content-type': 'application/json' },
        setupRequest(request: autocannon.Request): autocannon.Request {
          turn += 1;
          const chatId = chatIds[turn % chatIds.length];
          const body = JSON.stringify({ clientId: randomUUID(), text: `message ${turn}` });
          return { ...request, path: `/v1/chats/${chatId}/messages`, body };
        },
      },
    ],
  };
}

/** Each from a socket of another person: one person may have five. */
async function measureSocketSends(people: readonly Person[], chatIds: readonly string[]): Promise<Row> {
  const times: number[] = [];
  let errors = 0;
  const endsAt = performance.now() + SECONDS * 1_000;
  await Promise.all(
    people.map(async (person, i) => {
      const chatId = chatIds[i];
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/realtime`, 'soyamate.v1', {
        headers: bearer(person),
      });
      let answered: ((frame: { op: string }) => void) | undefined;
      const next = () => new Promise<{ op: string }>((resolve) => (answered = resolve));
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as { op: string };
        if (frame.op !== 'event') answered?.(frame);
      });
      const ready = next();
      await once(socket, 'open');
      await ready;
      while (performance.now() < endsAt) {
        const startedAt = performance.now();
        const answer = next();
        socket.send(JSON.stringify({ op: 'send', chatId, clientId: randomUUID(), text: 'by socket' }));
        if ((await answer).op !== 'ack') errors += 1;
        times.push(performance.now() - startedAt);
      }
      socket.close();
    }),
  );
  return { what: 'send over the socket', ...spread(times), errors };
}

function spread(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100;
  return { 'a second': Math.round(times.length / SECONDS), 'p50 ms': at(0.5), 'p99 ms': at(0.99) };
}

async function measureHello(): Promise<Row> {
  const text = `
    import fastify from 'fastify';
    const app = fastify();
    app.get('/', async () => ({ hello: 'world' }));
    console.log(await app.listen({ port: 0, host: '127.0.0.1' }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const row = await measureHttp('bare Fastify hello', { url: line.toString().trim() });
  child.kill();
  return row;
}

/** Select by key and insert of one row, on the same PostgreSQL with as many clients. */
function measurePgbench(): Row[] {
  const pgbench = findPgbench();
  const url = findEmbeddedPostgres(dataDir);
  if (!pgbench || !url) {
    console.warn('pgbench is not installed: its rows are left out');
    return [];
  }
  const scripts = {
    'pgbench select by key (average)': "select * from accounts where username_key = 'alice';\n",
    'pgbench insert (average)': "insert into bench_rows (text) values ('message');\n",
  };
  const prepare = join(dataDir, 'prepare.sql');
  writeFileSync(
    prepare,
    'create table if not exists bench_rows (id bigint generated always as identity primary key, text text);\n',
  );
  run(pgbench, url, prepare, ['-t', '1', '-c', '1']);
  return Object.entries(scripts).map(([what, sql]) => {
    const file = join(dataDir, 'bench.sql');
    writeFileSync(file, sql);
    const output = run(pgbench, url, file, ['-T', String(SECONDS), '-c', String(CLIENTS), '-j', '2', '-M', 'prepared']);
    const figure = (pattern: RegExp) => Number(pattern.exec(output)?.[1] ?? 0);
    const latency = Math.round(figure(/latency average = ([\d.]+) ms/) * 100) / 100;
    return {
      what,
      'a second': Math.round(figure(/tps = ([\d.]+)/)),
      'p50 ms': latency,
      'p99 ms': '-',
      errors: figure(/failed transactions: (\d+)/),
    };
  });
}

function run(pgbench: string, url: string, file: string, options: readonly string[]): string {
  return execFileSync(pgbench, ['-n', '-f', file, ...options, url], { encoding: 'utf8' });
}

function findPgbench(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted() : [];
  return versions.map((version) => join(root, version, 'bin/pgbench')).findLast((path) => existsSync(path));
}
