import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';

export type FaultyPostgres = {
  url: string;
  /** `kill -9` of the postmaster and all its processes. Whoever keeps it starts it again. */
  kill(): void;
  /** Stops all its processes where they are: connections stay open and nobody answers. */
  freeze(): void;
  thaw(): void;
  /** Resolves when it takes connections. */
  waitUntilReady(): Promise<void>;
  stop(): Promise<void>;
};

/** A PostgreSQL that writes through to the disk, kept running by its supervisor in this process. */
export async function startFaultyPostgres(): Promise<FaultyPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'soyamate-faults-'));
  const { url, stop } = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const signalAll = (signal: NodeJS.Signals) => {
    const postmaster = Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
    for (const pid of [postmaster, ...childrenOf(postmaster)]) process.kill(pid, signal);
  };
  return {
    url,
    kill: () => signalAll('SIGKILL'),
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    async waitUntilReady() {
      for (;;) {
        const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
        client.on('error', () => undefined);
        const isReady = await client.connect().then(
          () => true,
          () => false,
        );
        await client.end().catch(() => undefined);
        if (isReady) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);

function parentOf(pid: string): number {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return 0;
  }
}
