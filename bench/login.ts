/**
 * Sign-in beside its limit in the same run: `node bench/login.ts`.
 *
 * Bare argon2id with the parameters of the server, two at once, in this process; then a server in a process of its own:
 * logins and registrations a second, the cost of checking a token, and what a storm of logins does to another route. The
 * CPU time of server, database and client per call stands beside the rates: all of them share the cores of one machine.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import autocannon from 'autocannon';
import { createPasswords } from '../src/modules/accounts/passwords.ts';
import { type CpuTime, perCall, readCpuTime } from './cpu-time.ts';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';
import { startServer } from './server-process.ts';

const SECONDS = Number(process.env.SECONDS ?? 6);
/** More than clients of the storm, so that no account is locked for being tried many times at once. */
const PEOPLE = 400;
const STORM_CLIENTS = 300;

const json = { 'content-type': 'application/json' };
const password = 'correct horse battery';
const dataDir = await mkdtemp(join(tmpdir(), 'soyamate-login-'));
const server = await startServer(dataDir);
const rows: Record<string, string | number>[] = [];
try {
  const names = Array.from({ length: PEOPLE }, (_, i) => `player${i}`);
  const [token = ''] = await signUpAll(names);
  const me = { url: `${server.url}/v1/me`, headers: { authorization: `Bearer ${token}` } };

  const bare = await measureBareVerify();
  rows.push({ what: 'bare argon2id verify, 2 at once', ...bare });
  const logins = await load(loginRequests(names), 4);
  rows.push({ what: 'logins, 4 clients', ...logins });
  rows.push({ what: 'registrations, 4 clients', ...(await load(registerRequests(), 4)) });
  rows.push({
    what: 'GET /v1/auth/username-check (no token), 8 clients',
    ...(await load({ url: `${server.url}/v1/auth/username-check?username=player1` }, 8)),
  });
  const quiet = await load(me, 8);
  rows.push({ what: 'GET /v1/me, 8 clients', ...quiet });
  const calm = await askAgainAndAgain(me);
  rows.push({ what: 'GET /v1/me, 1 client', ...calm });
  const storm = startStorm(names);
  const stormed = await askAgainAndAgain(me);
  rows.push({ what: `logins, ${STORM_CLIENTS} clients that heed Retry-After`, ...(await storm.stop()) });
  rows.push({ what: 'GET /v1/me, 1 client, beside them', ...stormed });
  printTable(rows);
  const rateShare = Math.round((logins['a second'] / bare['a second']) * 100);
  const hashMs = bare['client CPU ms'];
  const cpuShare = Math.round((hashMs / logins['server CPU ms']) * 100);
  console.log(
    `\nlogins reach ${rateShare} % of bare argon2id; the hash is ${cpuShare} % of the server's CPU time for one`,
  );
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true });
}
const result = { machine: describeMachine(), seconds: SECONDS, rows };
await writeFile(new URL('results/login.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

async function measureBareVerify() {
  const hash = await createPasswords().hash(password);
  const endsAt = performance.now() + SECONDS * 1_000;
  let done = 0;
  const work = async () => {
    while (performance.now() < endsAt) {
      await verify(hash, password);
      done += 1;
    }
  };
  const before = await readCpuTime(server.pid, dataDir);
  await Promise.all([work(), work()]);
  const after = await readCpuTime(server.pid, dataDir);
  const { clientMs } = perCall(before, after, done);
  return {
    'a second': Math.round(done / SECONDS),
    'p99 ms': '-',
    refused: 0,
    ...presentCpu({ serverMs: 0, databaseMs: 0, clientMs }),
  };
}

function presentCpu({ serverMs, databaseMs, clientMs }: CpuTime) {
  return {
    'server CPU ms': Number(serverMs.toFixed(1)),
    'database CPU ms': Number(databaseMs.toFixed(1)),
    'client CPU ms': Number(clientMs.toFixed(1)),
  };
}

async function signUpAll(names: readonly string[]): Promise<string[]> {
  const tokens: string[] = [];
  for (const name of names) tokens.push(await signUp(name));
  return tokens;
}

async function signUp(username: string): Promise<string> {
  const response = await fetch(`${server.url}/v1/auth/register`, {
    method: 'POST',
    headers: json,
    body: registration(username),
  });
  const { tokens } = (await response.json()) as { tokens: { accessToken: string } };
  return tokens.accessToken;
}

function registration(username: string): string {
  const email = `${username}@example.com`;
  return JSON.stringify({ username, email, password, ageBand: '18_plus', acceptedTerms: '2026-11-01' });
}

function loginRequests(names: readonly string[]): autocannon.Options {
  let next = 0;
  return {
    url: `${server.url}/v1/auth/login`,
    requests: [
      {
        method: 'POST',
        headers: json,
        setupRequest(request) {
          next += 1;
          return { ...request, body: JSON.stringify({ login: names[next % names.length], password }) };
        },
      },
    ],
  };
}

function registerRequests(): autocannon.Options {
  let next = 0;
  return {
    url: `${server.url}/v1/auth/register`,
    requests: [
      {
        method: 'POST',
        headers: json,
        setupRequest(request) {
          next += 1;
          return { ...request, body: registration(`new${next}`) };
        },
      },
    ],
  };
}

async function askAgainAndAgain({ url, headers }: { url: string; headers: Record<string, string> }) {
  const times: number[] = [];
  for (const endsAt = performance.now() + SECONDS * 1_000; performance.now() < endsAt; ) {
    const startedAt = performance.now();
    await (await fetch(url, { headers })).arrayBuffer();
    times.push(performance.now() - startedAt);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const p99 = Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0);
  return { 'a second': Math.round(times.length / SECONDS), 'p99 ms': p99, refused: 0 };
}

/** As apps do it: whoever is refused comes back when told to. */
function startStorm(names: readonly string[]) {
  let isOver = false;
  const count = { in: 0, refused: 0 };
  const startedAt = performance.now();
  const clients = names.slice(0, STORM_CLIENTS).map(async (login) => {
    while (!isOver) {
      const body = JSON.stringify({ login, password });
      const response = await fetch(`${server.url}/v1/auth/login`, { method: 'POST', headers: json, body });
      await response.arrayBuffer();
      count[response.ok ? 'in' : 'refused'] += 1;
      const waitSeconds = Number(response.headers.get('retry-after') ?? 0);
      if (waitSeconds > 0)
        await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1_000 * (0.5 + Math.random())));
    }
  });
  return {
    async stop() {
      isOver = true;
      const seconds = (performance.now() - startedAt) / 1_000;
      const rate = Math.round(count.in / seconds);
      const { refused } = count;
      await Promise.all(clients);
      return { 'a second': rate, 'p99 ms': '-', refused };
    },
  };
}

async function load(options: autocannon.Options, connections: number) {
  const before = await readCpuTime(server.pid, dataDir);
  const found = await autocannon({ ...options, connections, duration: SECONDS });
  const after = await readCpuTime(server.pid, dataDir);
  return {
    'a second': Math.round(found['2xx'] / found.duration),
    'p99 ms': found.latency.p99,
    refused: found.non2xx,
    ...presentCpu(perCall(before, after, found['2xx'])),
  };
}
