/**
 * Whether time tells who exists: `node bench/login-timing.ts`. 2 × TRIES interleaved tries for an account that exists and one
 * that does not, for sign-in with a wrong password, the request of recovery, and its end with a wrong code while the account
 * has a live one. Told is the area under the curve of the two samples: 0.5 is a coin, our bound is 0.55.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readMails } from '../test/helpers/mails.ts';
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
  // Recovery serves verified addresses alone: without this both sides would be nobody.
  for (const { url } of await untilMails(TRIES)) {
    const token = new URLSearchParams(new URL(url).hash.slice(1)).get('token');
    await send('PUT', '/auth/email/verification', { token }, 204);
  }
  const login = (name: string) => post('/auth/login', { login: name, password: 'the wrong password' });
  const recover = (name: string) => post('/auth/recovery', { identifier: name });
  const reset = (name: string, code: string) =>
    send('POST', '/auth/recovery/reset', { identifier: name, code, newPassword: 'another horse battery' }, 422);
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
  // Whoever asked has a code by now.
  await untilMails(2 * TRIES);
  // A right one would end the run: eight zeros are one code of a hundred million.
  for (const [kind, code] of [
    ['a wrong code', '00000000'],
    ['a wrong saved code', 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF'],
  ] as const)
    rows.push(
      await compare(
        `reset with ${kind}`,
        (i) => reset(`known${i}`, code),
        (i) => reset(`ghost${i}`, code),
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
  await send('POST', path, body);
}

async function send(method: string, path: string, body: object, expected?: number): Promise<void> {
  const response = await fetch(`${server.url}/v1${path}`, { method, headers: json, body: JSON.stringify(body) });
  await response.arrayBuffer();
  const { status } = response;
  if (expected === undefined ? status >= 500 : status !== expected) throw new Error(`${path} answers ${status}`);
}

/** The letters with codes that the server has written, once there are so many. */
async function untilMails(count: number) {
  for (;;) {
    const mails = (await readMails(dataDir).catch(() => [])).filter(({ code }) => code);
    if (mails.length >= count) return mails;
    await setTimeout(100);
  }
}
