import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { startDatabase } from '../helpers/database.ts';
import { startServer } from '../helpers/server-process.ts';
import { openSocket } from '../helpers/socket.ts';

const LONGEST_END_MS = 10_000;
const { db, url: databaseUrl } = await startDatabase();

test('SIGTERM under load: what was asked is done, sockets are told, and it ends with 0', async () => {
  const server = await startServer({ DATABASE_URL: databaseUrl, DATA_DIR: makeFolder() });
  const { token } = await register(server.url, 'alice');
  const socket = await openSocket(server.url, { headers: { authorization: `Bearer ${token}` } });
  await socket.next('ready');

  // Below the bound of the queue for hashing, which refuses a storm.
  const asked = Array.from({ length: 20 }, (_, index) => askAsync(server.url, `load${index}`));
  await Promise.all(asked.map(({ isSent }) => isSent));
  const startedAt = performance.now();
  const ended = server.end('SIGTERM');
  const statuses = await Promise.all(asked.map(({ status }) => status));
  expect(statuses).toEqual(asked.map(() => 201));
  expect(await socket.next('bye')).toMatchObject({ code: 'restart' });
  expect(await socket.closed).toBe(1012);
  expect(await ended).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(LONGEST_END_MS);
  await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
  expect(server.output()).not.toMatch(/"level":"(error|fatal)"/);

  const { rows } = await sql<{ count: number }>`
    select count(*) as count from accounts where username like 'load%'`.execute(db.read);
  expect(rows[0]?.count).toBe(20);
}, 60_000);

test('a port in use is told and ends with 1; a client that never ends its request does not hold up the end', async () => {
  const server = await startServer({ DATABASE_URL: databaseUrl, DATA_DIR: makeFolder() });
  const { port } = new URL(server.url);
  const second = startServer({ DATABASE_URL: databaseUrl, DATA_DIR: makeFolder(), PORT: port });
  const failure = await second.then(String, String);
  expect(failure).toMatch(/the server ended with 1:[\s\S]*EADDRINUSE.*set PORT/);
  expect(failure).not.toMatch(/"level":"error"|\n +at /);

  const client = connect(Number(port), '127.0.0.1');
  client.on('error', () => {});
  await once(client, 'connect');
  client.write(
    'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
  );
  await fetch(`${server.url}/health/live`);
  const startedAt = performance.now();
  expect(await server.end('SIGTERM')).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(LONGEST_END_MS);
}, 60_000);

test('after kill -9 of the server, its own PostgreSQL included, the next start has everything', async () => {
  const DATA_DIR = makeFolder();
  const first = await startServer({ DATA_DIR });
  await register(first.url, 'bob');
  expect(await first.end('SIGKILL')).toBe('SIGKILL');
  const second = await startServer({ DATA_DIR });
  expect(await login(second.url, 'bob')).toBe(200);
  expect(await second.end('SIGTERM')).toBe(0);
}, 60_000);

test('a shell of npm that dies of SIGTERM without a word takes the server with it', async () => {
  // Two commands, so that no shell replaces itself by the first.
  const shell = spawn('sh', ['-c', `'${process.execPath}' src/main.ts; true`], {
    env: { ...process.env, PORT: '0', DATABASE_URL: databaseUrl, DATA_DIR: makeFolder(), npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  onTestFinished(() => endGroup(shell.pid));
  let output = '';
  const isReady = new Promise<void>((resolve) => {
    shell.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.includes('Ctrl+C')) resolve();
    });
  });
  await isReady;
  shell.kill('SIGTERM');
  // The pipe is closed by its last writer, which is the server.
  await once(shell.stdout, 'close');
  expect(output).toContain('"msg":"stopped"');
}, 60_000);

/** Whatever of the group is still there. */
function endGroup(leader: number | undefined): void {
  try {
    process.kill(-Number(leader), 'SIGKILL');
  } catch {
    // Nothing is.
  }
}

async function register(url: string, username: string): Promise<{ token: string }> {
  const response = await fetch(`${url}/v1/auth/register`, { ...asJson(newcomer(username)) });
  expect(response.status).toBe(201);
  const { tokens } = (await response.json()) as { tokens: { accessToken: string } };
  return { token: tokens.accessToken };
}

const login = async (url: string, username: string): Promise<number> =>
  (await fetch(`${url}/v1/auth/login`, asJson({ login: username, password: newcomer(username).password }))).status;

/** A registration over a connection of its own: `isSent` once the whole request has left us and the server has it. */
function askAsync(url: string, username: string) {
  const body = JSON.stringify(newcomer(username));
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const status = once(socket, 'close').then(() => Number(text.split(' ')[1]));
  const isSent = (async () => {
    await once(socket, 'connect');
    const head = `POST /v1/auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`;
    socket.write(head);
    await once(socket, 'data');
    text = '';
    await new Promise((resolve) => socket.write(body, resolve));
  })();
  return { isSent, status };
}

const newcomer = (username: string) => ({
  username,
  email: `${username}@example.com`,
  password: `a long password of a person`,
  ageBand: '18_plus',
  acceptedTerms: '2026-11-01',
});

const asJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'soyamate-serve-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
