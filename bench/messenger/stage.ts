import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint, importJWK, type JWK, SignJWT } from 'jose';
import pg from 'pg';
import { v7 } from 'uuid';
import { generateSigningKeys } from '#modules/accounts/index.ts';
import { findEmbeddedPostgres } from '#platform/embedded-postgres.ts';

export type Player = { accountId: string; token: string };

export type Stage = {
  port: number;
  databaseUrl: string;
  pool: pg.Pool;
  serverPid: number;
  makePlayers(count: number): Promise<Player[]>;
  /** Chats with their members and so many messages each, written straight into the tables. */
  makeChats(memberIds: readonly (readonly string[])[], messages: number): Promise<string[]>;
  /** CPU time used so far, in seconds: by the server, and by PostgreSQL with all its processes. */
  usedSeconds(): { server: number; postgres: number };
  /** Memory of the server process, in MB. */
  serverMegabytes(): number;
  stop(): Promise<void>;
};

/** A whole server as people start it, on an embedded PostgreSQL that writes through to the disk; limits are off. */
export async function setStage(profileDir?: string, environment: Record<string, string> = {}): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'soyamate-bench-'));
  const port = await findFreePort();
  const signingKeys = await generateSigningKeys();
  const profiling = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : [];
  const server = spawn(process.execPath, [...profiling, 'src/main.ts'], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
      SIGNING_KEYS: signingKeys,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await waitForWord(server, 'ready');
  const databaseUrl = findEmbeddedPostgres(dataDir);
  if (!databaseUrl) throw new Error('the embedded PostgreSQL is not there');
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  const sign = await createSigner(signingKeys, `http://127.0.0.1:${port}`);

  return {
    port,
    databaseUrl,
    pool,
    serverPid: server.pid ?? 0,
    async makePlayers(count) {
      const ids = Array.from({ length: count }, () => [v7(), v7()] as const);
      await pool.query(
        `insert into accounts (account_id, username, username_key, role, age_band, locale, accepted_terms, created_at, last_active_at)
         select id, 'p' || id, 'p' || id, 'user', '18_plus', 'en', '2026-11-01', now(), now() from unnest($1::uuid[]) as id`,
        [ids.map(([accountId]) => accountId)],
      );
      await pool.query(
        `insert into sessions (session_id, account_id, refresh_token_hash, created_at, last_used_at, expires_at)
         select * , now(), now(), now() + interval '1 day' from unnest($1::uuid[], $2::uuid[], $3::bytea[])`,
        [
          ids.map(([, sessionId]) => sessionId),
          ids.map(([accountId]) => accountId),
          ids.map(() => createHash('sha256').update(randomBytes(32)).digest()),
        ],
      );
      return Promise.all(
        ids.map(async ([accountId, sessionId]) => ({ accountId, token: await sign(accountId, sessionId) })),
      );
    },
    async makeChats(members, messages) {
      const chatIds = members.map(() => v7());
      await pool.query(
        `insert into chats (chat_id, kind, last_seq, last_rev, created_at, last_activity_at)
         select id, 'group', $2, $2, now(), now() from unnest($1::uuid[]) as id`,
        [chatIds, messages],
      );
      await pool.query(
        `insert into chat_members (chat_id, account_id, joined_at) select *, now() from unnest($1::uuid[], $2::uuid[])`,
        [members.flatMap((ids, i) => ids.map(() => chatIds[i])), members.flat()],
      );
      for (const [i, chatId] of chatIds.entries()) {
        await pool.query(
          `insert into messages (chat_id, seq, rev, created_rev, author_id, client_id, text, created_at)
           select $1, n, n, n, $2, gen_random_uuid(), $4 || n, now() from generate_series(1, $3) as n`,
          [chatId, members[i]?.[0], messages, TEXT],
        );
      }
      await pool.query('vacuum analyze messages, chats, chat_members');
      return chatIds;
    },
    usedSeconds: () => ({ server: cpuSecondsOf(server.pid ?? 0), postgres: postgresSeconds(server.pid ?? 0) }),
    serverMegabytes: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024,
    async stop() {
      await pool.end();
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Clock ticks are 10 ms on every Linux that matters. */
function cpuSecondsOf(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Of the postmaster below the server: what it and its children use now, and what its former children used. */
function postgresSeconds(serverPid: number): number {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const childrenOf = (parent: number) => pids.filter((pid) => Number(statOf(pid)[1]) === parent);
  return childrenOf(serverPid)
    .flatMap((postmaster) => [postmaster, ...childrenOf(postmaster)])
    .reduce((sum, pid) => sum + cpuSecondsOf(pid) + (Number(statOf(pid)[13]) + Number(statOf(pid)[14])) / 100, 0);
}

/** The fields of /proc/PID/stat from the third, `state`, on; none when the process has ended meanwhile. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return [];
  }
}

/** About as long as people write. */
export const TEXT = 'Го в доту вечером? Нужен саппорт, часов в восемь, на два-три катки. ';

async function createSigner(signingKeys: string, issuer: string) {
  const { keys } = JSON.parse(signingKeys) as { keys: JWK[] };
  const jwk = keys.find(({ kty }) => kty === 'EC');
  if (!jwk) throw new Error('there is no signing key');
  const key = await importJWK(jwk, 'ES256');
  const { kty, crv, x, y } = jwk;
  const kid = await calculateJwkThumbprint({ kty, crv, x, y } as JWK);
  return (accountId: string, sessionId: string) =>
    new SignJWT({ sid: sessionId, role: 'user' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
      .setIssuer(issuer)
      .setAudience('soyamate')
      .setSubject(accountId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .setJti(v7())
      .sign(key);
}

export async function waitForWord(child: ChildProcess, word: string): Promise<void> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes(word)) break;
  }
  if (!text.includes(word)) throw new Error(`the process ended before it was ${word}`);
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
