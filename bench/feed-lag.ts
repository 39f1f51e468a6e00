/**
 * From a change of a person to the search that knows it: `node bench/feed-lag.ts`. TRIES people put a game on their profile,
 * one after another, while a viewer searches for that game again and again. Told is the time from the first byte of the
 * change to the end of the first answer that shows the person, and to the end of the change's own answer.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';
import { startServer } from './server-process.ts';

const TRIES = Number(process.env.TRIES ?? 40);
const GAME = 'rust';
const PATIENCE_MS = 10_000;

type Answer = {
  user: { userId: string };
  tokens: { accessToken: string };
  items: { user: { userId: string } }[];
};

const dataDir = await mkdtemp(join(tmpdir(), 'soyamate-feed-'));
const server = await startServer(dataDir);
const times = { 'the change is answered': [] as number[], 'the search shows it': [] as number[] };
try {
  const viewer = await register('viewer');
  await putGame(viewer);
  for (let i = 0; i < TRIES; i += 1) await changeOne(i, viewer);
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true });
}
const rows = Object.entries(times).map(([what, some]) => ({ what, ...summarise(some) }));
printTable(rows);
const result = { machine: describeMachine(), tries: TRIES, rows };
await writeFile(new URL('results/feed-lag.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

async function changeOne(i: number, viewer: Answer): Promise<void> {
  const person = await register(`person${i}`);
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  const answered = putGame(person).then(() => times['the change is answered'].push(since()));
  for (;;) {
    const { items } = await ask('GET', `/teammates?game=${GAME}&limit=50`, viewer);
    if (items.some(({ user }) => user.userId === person.user.userId)) break;
    if (since() > PATIENCE_MS) throw new Error('the search never showed the change');
  }
  times['the search shows it'].push(since());
  await answered;
}

function summarise(some: readonly number[]) {
  const sorted = some.toSorted((a, b) => a - b);
  const at = (share: number) =>
    `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)} ms`;
  return { median: at(0.5), p95: at(0.95), longest: at(1) };
}

function putGame(person: Answer): Promise<Answer> {
  return ask('PUT', `/me/profile/games/${GAME}`, person, { level: 'main', platform: 'windows' });
}

function register(username: string): Promise<Answer> {
  const email = `${username}@example.com`;
  const body = {
    username,
    email,
    password: 'long enough for a bench',
    ageBand: '18_plus',
    acceptedTerms: '2026-11-01',
  };
  return ask('POST', '/auth/register', undefined, body);
}

async function ask(method: string, path: string, who: Answer | undefined, body?: object): Promise<Answer> {
  const response = await fetch(`${server.url}/v1${path}`, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(who && { authorization: `Bearer ${who.tokens.accessToken}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}
