/**
 * The figures of the messenger beside the limits of the machine, in one run of about two minutes:
 *
 *     node bench/messenger.ts [part …]     parts: limits sends http history fan-out end-to-end idle sync
 *
 * The server is a process of its own on an embedded PostgreSQL with fsync; each load generator is one more. Results go
 * to bench/results/messenger.md. `PROFILE_DIR=…` writes a CPU profile of the server.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { createInterface } from 'node:readline';
import { openLeanHttp, requestOf } from './messenger/lean-http.ts';
import type { Sender, Task } from './messenger/load.ts';
import { percentile } from './messenger/percentile.ts';
import { findFreePort, type Player, type Stage, setStage, waitForWord } from './messenger/stage.ts';

type Figures = Record<string, number | string>;
type Part = { name: string; wanted: string; run(stage: Stage): Promise<Figures> };

const SECONDS = Number(process.env.BENCH_SECONDS ?? 6);

const parts: Record<string, Part[]> = {
  limits: [
    { name: 'Limit: single-row inserts, pgbench, 16 clients', wanted: '', run: measurePostgres },
    { name: 'Limit: bare ws, 1,000 readers', wanted: '', run: measureBareSockets },
  ],
  sends: [
    {
      name: 'Durable sends over sockets, 64 senders in 32 chats',
      wanted: '≥ 6,000 a second, p99 ≤ 100 ms',
      run: measureSends,
    },
  ],
  http: [{ name: 'Durable sends over HTTP, 64 senders in 32 chats', wanted: '≥ 3,000 a second', run: measureHttp }],
  history: [{ name: 'History, pages of 50', wanted: '≥ 4,000 a second', run: measureHistory }],
  'fan-out': [{ name: 'Delivery to 1,000 members of one chat', wanted: '≥ 100,000 a second', run: measureFanOut }],
  'end-to-end': [
    { name: 'End to end at 200 messages a second', wanted: 'p50 ≤ 5 ms, p99 ≤ 25 ms', run: measureEndToEnd },
  ],
  sync: [{ name: 'Catch-up of 500 chats, 50 of them changed', wanted: '≤ 100 ms', run: measureSync }],
  idle: [{ name: '10,000 idle sockets', wanted: '≤ 600 MB in all', run: measureIdle }],
};

const chosen = process.argv.slice(2);
const lastUse = { before: { server: 0, postgres: 0 }, after: { server: 0, postgres: 0 } };
const rows: { part: Part; figures: Figures; load: string }[] = [];
const stage = await setStage(process.env.PROFILE_DIR);
try {
  for (const name of chosen.length > 0 ? chosen : Object.keys(parts)) {
    for (const part of parts[name] ?? []) {
      const figures = await withCpu(() => part.run(stage));
      rows.push({ part, figures, load: loadavg()[0]?.toFixed(1) ?? '' });
      console.log(`${part.name}: ${present(figures)}${part.wanted ? `   (wanted: ${part.wanted})` : ''}`);
    }
  }
} finally {
  await stage.stop();
}
if (chosen.length === 0) writeResults();

/** Adds how much CPU time of the server and of PostgreSQL one operation took: that holds on a busy machine too. */
async function withCpu(run: () => Promise<Figures>): Promise<Figures> {
  const figures = await run();
  const { before, after } = lastUse;
  const done = Number(figures.done ?? 0);
  delete figures.done;
  if (done === 0) return figures;
  return {
    ...figures,
    serverMicroseconds: Math.round(((after.server - before.server) / done) * 1e6),
    postgresMicroseconds: Math.round(((after.postgres - before.postgres) / done) * 1e6),
  };
}

async function measurePostgres({ databaseUrl, pool }: Stage): Promise<Figures> {
  await pool.query('create table bench_rows (id bigint generated always as identity primary key, text text not null)');
  const url = new URL(databaseUrl);
  const script = '/tmp/soyamate-bench-insert.sql';
  writeFileSync(script, `insert into bench_rows (text) values ('${'x'.repeat(120)}');\n`);
  const output = await collect(
    spawn(
      process.env.PGBENCH ?? '/usr/lib/postgresql/15/bin/pgbench',
      ['-n', '-M', 'prepared', '-c', '16', '-j', '1', '-T', String(SECONDS), '-f', script],
      {
        env: {
          ...process.env,
          PGHOST: decodeURIComponent(url.hostname),
          PGPORT: url.port || '5432',
          PGUSER: decodeURIComponent(url.username),
          PGPASSWORD: decodeURIComponent(url.password),
          PGDATABASE: url.pathname.slice(1),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    ),
  );
  return { perSecond: Math.round(Number(/tps = ([\d.]+)/.exec(output)?.[1])) };
}

async function measureBareSockets(): Promise<Figures> {
  const port = await findFreePort();
  const server = spawn(process.execPath, ['bench/messenger/bare-server.ts', String(port), '470']);
  await waitForWord(server, 'ready');
  const { perSecond } = await generate({ kind: 'bare-fan-out', port, seconds: SECONDS, count: 1_000, bytes: 470 });
  server.kill();
  return { perSecond: perSecond ?? 0 };
}

async function measureSends(place: Stage): Promise<Figures> {
  return generate({ kind: 'send-sockets', port: place.port, seconds: SECONDS, senders: await makeSenders(place, 200) });
}

async function measureHttp(place: Stage): Promise<Figures> {
  return generate({ kind: 'send-http', port: place.port, seconds: SECONDS, senders: await makeSenders(place, 200) });
}

async function measureHistory(place: Stage): Promise<Figures> {
  return generate({ kind: 'history', port: place.port, seconds: SECONDS, senders: await makeSenders(place, 1_000) });
}

async function measureFanOut(place: Stage): Promise<Figures> {
  const players = await place.makePlayers(1_000);
  const [chatId = ''] = await place.makeChats([players.map(({ accountId }) => accountId)], 0);
  const [first] = players;
  const tokens = players.map(({ token }) => token);
  const sender = { token: first?.token ?? '', chatId };
  return generate({ kind: 'fan-out', port: place.port, seconds: SECONDS, tokens, sender });
}

async function measureEndToEnd(place: Stage): Promise<Figures> {
  const pairs = await makePairs(place, 50, 0);
  return generate({
    kind: 'end-to-end',
    port: place.port,
    seconds: SECONDS * 2,
    perSecond: 200,
    pairs: pairs.map(({ chatId, players: [one, other] }) => ({ from: { token: one.token, chatId }, to: other.token })),
  });
}

async function measureSync(place: Stage): Promise<Figures> {
  const [player, ...others] = await place.makePlayers(501);
  if (!player) throw new Error('nobody came');
  const chatIds = await place.makeChats(
    others.map(({ accountId }) => [player.accountId, accountId]),
    20,
  );
  const chats = Object.fromEntries(chatIds.map((chatId, i) => [chatId, i < 50 ? 15 : 20]));
  const connection = openLeanHttp(place.port);
  const times: number[] = [];
  let bytes = 0;
  for (let i = 0; i < 30; i += 1) {
    const startedAt = performance.now();
    const answer = await connection.ask(requestOf('POST', '/v1/sync', player.token, { chats }));
    times.push(performance.now() - startedAt);
    bytes = answer.bytes;
    if (answer.status !== 200) throw new Error(`sync answered ${answer.status}`);
  }
  connection.close();
  const warm = times.slice(5);
  return {
    p50: percentile(warm, 50),
    max: percentile(warm, 100),
    first: percentile(times.slice(0, 1), 50),
    bytesOfAnswer: bytes,
  };
}

async function measureIdle(place: Stage): Promise<Figures> {
  const players = await place.makePlayers(10_000);
  const before = place.serverMegabytes();
  let after = 0;
  const figures = await generate(
    { kind: 'idle', port: place.port, seconds: 40, tokens: players.map(({ token }) => token) },
    () => {
      setTimeout(() => {
        after = place.serverMegabytes();
      }, 38_000);
    },
  );
  return { ...figures, megabytesBefore: Math.round(before), megabytes: Math.round(after) };
}

/** 64 people, two to a chat. */
async function makeSenders(place: Stage, messages: number): Promise<Sender[]> {
  const pairs = await makePairs(place, 32, messages);
  return pairs.flatMap(({ chatId, players }) => players.map(({ token }) => ({ token, chatId })));
}

async function makePairs(place: Stage, count: number, messages: number) {
  const players = await place.makePlayers(count * 2);
  const pairs = Array.from({ length: count }, (_, i) => players.slice(i * 2, i * 2 + 2) as [Player, Player]);
  const chatIds = await place.makeChats(
    pairs.map((pair) => pair.map(({ accountId }) => accountId)),
    messages,
  );
  return pairs.map((pair, i) => ({ players: pair, chatId: chatIds[i] ?? '' }));
}

async function generate(task: Task, onReady?: () => void): Promise<Figures> {
  const child = spawn(process.execPath, ['bench/messenger/load.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
  lastUse.before = stage.usedSeconds();
  child.stdin.end(JSON.stringify(task));
  let figures: Figures | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Figures & { ready?: boolean };
    if (said.ready) onReady?.();
    else figures = said;
  }
  lastUse.after = stage.usedSeconds();
  if (!figures) throw new Error(`the load generator for ${task.kind} ended without figures`);
  return figures;
}

async function collect(child: ReturnType<typeof spawn>): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) output += String(chunk);
  return output;
}

function present(figures: Figures): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? value.toLocaleString('en') : value}`)
    .join(', ');
}

function writeResults(): void {
  mkdirSync('bench/results', { recursive: true });
  const [cpu] = cpus();
  const kernel = release();
  const lines = [
    '# The messenger',
    '',
    `Written by \`node bench/messenger.ts\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpu?.model ?? 'unknown'}, ` +
      `${Math.round(totalmem() / 2 ** 30)} GB, Linux ${kernel}, Node ${process.versions.node}, ${readDisk()}. Server, PostgreSQL and load ` +
      'generators share the machine. Times are milliseconds. The last column is the load average of the machine after the part: more than its cores means that others were at work too.',
    '',
    '| what | wanted | measured | load |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ part, figures, load }) => `| ${part.name} | ${part.wanted} | ${present(figures)} | ${load} |`),
    '',
  ];
  writeFileSync('bench/results/messenger.md', lines.join('\n'));
}

function readDisk(): string {
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .find((line) => line.split(' ')[1] === '/');
  return `root on ${mount?.split(' ')[2] ?? 'unknown'}, PostgreSQL with fsync`;
}
