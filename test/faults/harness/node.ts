import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../helpers/redis.ts';

export type ServerNode = {
  url: string;
  /** Starts the process and resolves when it says that it is ready; how long that took. */
  start(): Promise<number>;
  /** As a crash: nothing is said to anybody. */
  kill(): Promise<void>;
  /** As `kill PID`: resolves with the exit code and how long it took. */
  terminate(): Promise<{ exitCode: number | null; milliseconds: number }>;
  isAlive(): boolean;
  megabytes(): number;
  stop(): Promise<void>;
};

/** One whole server, a process of its own, on a database and keys that others may share. */
export async function createNode(environment: {
  DATABASE_URL: string;
  SIGNING_KEYS: string;
  REDIS_URL?: string;
  APNS_KEY?: string;
  APNS_KEY_ID?: string;
  APNS_TEAM_ID?: string;
  APNS_TOPIC?: string;
  APNS_URL?: string;
  NODE_EXTRA_CA_CERTS?: string;
}): Promise<ServerNode> {
  const port = await findFreePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'soyamate-node-'));
  let server: ChildProcess | undefined;
  const isAlive = () => server !== undefined && server.exitCode === null && server.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (!server || !isAlive()) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    isAlive,
    async start() {
      const startedAt = performance.now();
      server = spawn(process.execPath, ['src/main.ts'], {
        env: {
          ...process.env,
          NODE_ENV: 'test',
          PORT: String(port),
          PUBLIC_URL: 'http://127.0.0.1:1',
          DATA_DIR: dataDir,
          RATE_LIMITS: 'off',
          LOG_LEVEL: 'silent',
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      for await (const chunk of server.stdout ?? []) {
        output += String(chunk);
        if (output.includes('ready after')) break;
      }
      if (!output.includes('ready after')) throw new Error('the server ended before it was ready');
      return performance.now() - startedAt;
    },
    kill: () => end('SIGKILL'),
    async terminate() {
      const startedAt = performance.now();
      await end('SIGTERM');
      return { exitCode: server?.exitCode ?? null, milliseconds: performance.now() - startedAt };
    },
    megabytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server?.pid}/status`, 'utf8'))?.[1]) / 1_024,
    async stop() {
      await end('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
