/**
 * From a moderator's decision to its effect: `node bench/ban-effect.ts`. TRIES people each hold an open socket and are
 * reported; the case is resolved with a ban. Told is the time from the first byte of that request to its answer, to the
 * close of the socket at the banned person's end, and to the first refused request.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';
import { startServer } from './server-process.ts';

const TRIES = Number(process.env.TRIES ?? 40);
const PASSWORD = 'long enough for a bench';

const dataDir = await mkdtemp(join(tmpdir(), 'soyamate-ban-'));
const server = await startServer(dataDir);
const times = { answered: [] as number[], closed: [] as number[], refused: [] as number[] };
let rows: Record<string, string | number>[] = [];
try {
  await createAdmin();
  const admin = await post('/auth/login', { login: 'chief', password: PASSWORD });
  for (let i = 0; i < TRIES; i += 1) await banOne(i, admin.tokens.accessToken);
  rows = Object.entries(times).map(([what, some]) => ({ what, ...summarise(some) }));
  printTable(rows);
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true });
}
const result = { machine: describeMachine(), tries: TRIES, rows };
await writeFile(new URL('results/ban-effect.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

async function banOne(i: number, adminToken: string): Promise<void> {
  const reporter = await post('/auth/register', registration(`reporter${i}`));
  const accused = await post('/auth/register', registration(`accused${i}`));
  const subject = { kind: 'user', userId: accused.user.userId };
  await post('/reports', { subject, reason: 'threats' }, reporter.tokens.accessToken);
  const queue = await get(`/moderation/reports?accusedId=${accused.user.userId}`, adminToken);
  const { accessToken } = accused.tokens;
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/realtime`, 'soyamate.v1', {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  await once(socket, 'message');
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  let closedMs = 0;
  socket.once('close', () => {
    closedMs = since();
  });
  const closed = once(socket, 'close');
  await post(`/moderation/reports/${queue.items[0].caseId}/resolve`, { action: 'ban' }, adminToken);
  times.answered.push(since());
  const { status } = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  if (status !== 401) throw new Error(`a banned person was answered ${status}`);
  times.refused.push(since());
  const [code] = (await closed) as [number];
  if (code !== 4003) throw new Error(`the socket was closed with ${code}`);
  times.closed.push(closedMs);
}

function summarise(some: readonly number[]) {
  const sorted = some.toSorted((a, b) => a - b);
  const at = (share: number) =>
    `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)} ms`;
  return { median: at(0.5), p95: at(0.95), longest: at(1) };
}

async function createAdmin(): Promise<void> {
  const command = spawn(
    process.execPath,
    ['src/cli.ts', 'create-admin', '--username', 'chief', '--email', 'chief@example.com'],
    { env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'warn' }, stdio: ['pipe', 'ignore', 'inherit'] },
  );
  command.stdin.end(`${PASSWORD}\n`);
  const [code] = (await once(command, 'exit')) as [number];
  if (code !== 0) throw new Error(`create-admin ended with ${code}`);
}

function registration(username: string) {
  const email = `${username}@example.com`;
  return { username, email, password: PASSWORD, ageBand: '18_plus', acceptedTerms: '2026-11-01' };
}

type Answer = {
  user: { userId: string };
  tokens: { accessToken: string };
  items: [{ caseId: string }];
};

function post(path: string, body: object, token?: string) {
  return ask(path, { method: 'POST', body: JSON.stringify(body) }, { 'content-type': 'application/json' }, token);
}

function get(path: string, token: string) {
  return ask(path, {}, {}, token);
}

async function ask(path: string, init: RequestInit, headers: Record<string, string>, token?: string): Promise<Answer> {
  const response = await fetch(`${server.url}/v1${path}`, {
    ...init,
    headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}
