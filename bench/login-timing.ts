/**
 * Whether time tells who exists: `node bench/login-timing.ts`. 2 × TRIES interleaved tries for an account that exists and one
 * that does not, for sign-in with a wrong password and for the request of recovery. Told is the area under the curve
 * of the two samples: 0.5 is a coin, our bound is 0.55.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';
import { startServer } from './server-process.ts';

const TRIES = Number(process.env.TRIES ?? 500);

const json = { 'content-type': 'application/json' };
const dataDir = await mkdtemp(join(tmpdir(), 'soyamate-timing-'));
const server = await startServer(dataDir);
const rows: Record<string, string | number>[] = [];
try {
  // Another account each time: one alone would be locked after five wrong passwords.
  for (let i = 0; i < TRIES; i += 1) await post('/auth/register', registration(`known${i}`));
  const login = (name: string) => post('/auth/login', { login: name, password: 'the wrong password' });
  const recover = (name: string) => post('/auth/recovery', { identifier: name });
  rows.push(
    await compare(
      'login by username',
      (i) => login(`known${i}`),
      (i) => login(`ghost${i}`),
    ),
  );
  rows.push(
    await compare(
      'login by e-mail',
      (i) => login(`known${i}@example.com`),
      (i) => login(`ghost${i}@example.com`),
    ),
  );
  rows.push(
    await compare(
      'recovery',
      (i) => recover(`known${i}`),
      (i) => recover(`ghost${i}`),
    ),
  );
  printTable(rows);
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true });
}
const result = { machine: describeMachine(), tries: TRIES, rows };
await writeFile(new URL('results/login-timing.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

async function compare(what: string, known: (i: number) => Promise<void>, unknown: (i: number) => Promise<void>) {
  const times = { known: [] as number[], unknown: [] as number[] };
  const time = async (into: number[], work: (i: number) => Promise<void>, i: number) => {
    const startedAt = performance.now();
    await work(i);
    into.push(performance.now() - startedAt);
  };
  for (let i = 0; i < TRIES; i += 1) {
    const knownFirst = Math.random() < 0.5;
    if (knownFirst) await time(times.known, known, i);
    await time(times.unknown, unknown, i);
    if (!knownFirst) await time(times.known, known, i);
  }
  const area = areaUnderCurve(times.known, times.unknown);
  return {
    what,
    'known p50 ms': median(times.known).toFixed(2),
    'unknown p50 ms': median(times.unknown).toFixed(2),
    'area under the curve': Math.max(area, 1 - area).toFixed(3),
  };
}

/** The chance that a time of the first sample is above one of the second (Mann–Whitney U over the number of pairs). */
function areaUnderCurve(first: readonly number[], second: readonly number[]): number {
  let above = 0;
  for (const a of first) for (const b of second) above += a > b ? 1 : a === b ? 0.5 : 0;
  return above / (first.length * second.length);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function registration(username: string) {
  const email = `${username}@example.com`;
  return { username, email, password: 'correct horse battery', ageBand: '18_plus', acceptedTerms: '2026-11-01' };
}

async function post(path: string, body: object): Promise<void> {
  const response = await fetch(`${server.url}/v1${path}`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  if (response.status >= 500) throw new Error(`${path} answers ${response.status}`);
}
