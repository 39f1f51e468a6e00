import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applicationUrl, createDatabaseIfMissing } from './embedded-postgres/application-database.ts';
import { prepareBinaries } from './embedded-postgres/binaries.ts';
import { prepareCluster, readPassword } from './embedded-postgres/cluster.ts';
import { lockDataDir } from './embedded-postgres/data-dir-lock.ts';
import { readPostmaster } from './embedded-postgres/postmaster.ts';
import { hasProcess } from './embedded-postgres/processes.ts';
import { chooseRunAs } from './embedded-postgres/run-as.ts';
import { superviseServer } from './embedded-postgres/server.ts';

/** Receives what the supervisor has to tell; the messages of PostgreSQL itself go to `postgres.log` in the data folder. */
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  message: string,
  fields?: Record<string, unknown>,
) => void;

export type EmbeddedPostgresOptions = {
  /** Made if missing. The cluster lives in its folder `postgres`, the messages of PostgreSQL in its file `postgres.log`. */
  dataDir: string;
  /** `none` is for tests: fast, and loses data at a power cut. Default: `full`. */
  durability?: 'full' | 'none';
  /** More settings of postgresql.conf; they win over ours. */
  settings?: Record<string, string>;
  /** A folder with `bin`, `lib` and `share` to be used in place of the npm package of this platform. */
  binariesDir?: string;
  log: Log;
};

export type EmbeddedPostgres = {
  /** For node-postgres: the database `soyamate` as its owner `soyamate`, who may create databases but is no superuser. */
  url: string;
  /** Ends PostgreSQL, open transactions are rolled back. Resolves when it has ended; may be called twice. */
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL on a folder and keeps it running: until `stop()`, the end of this process, or `kill -9` of it, after
 * which the next start ends the PostgreSQL left behind and starts its own.
 *
 * Throws an Error with a message for a person when the folder is in use by another server, was made by another major
 * version or by another user, when there are no binaries for this platform, or when PostgreSQL does not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, durability = 'full', settings = {} } = options;
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const lock = await lockDataDir(dataDir);
  try {
    const clusterDir = join(dataDir, 'postgres');
    const runAs = chooseRunAs(clusterDir, log);
    const binaries = prepareBinaries({ binariesDir: options.binariesDir, dataDir, runAs, log });
    const password = await prepareCluster({ clusterDir, binaries, runAs, durability, log });
    const logFile = join(dataDir, 'postgres.log');
    const server = await superviseServer({ clusterDir, logFile, binaries, runAs, durability, settings, log });
    try {
      const url = await createDatabaseIfMissing(server.address, password);
      return { url, stop: () => server.stop().finally(() => lock.release()) };
    } catch (error) {
      await server.stop();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * The `url` of the server that runs on the data folder, for errands beside it, as making an administrator; undefined when
 * none accepts connections. Only the user that PostgreSQL runs as, and root, can use it.
 */
export function findEmbeddedPostgres(dataDir: string): string | undefined {
  const clusterDir = join(resolve(dataDir), 'postgres');
  const postmaster = readPostmaster(clusterDir);
  if (!postmaster?.isReady || !hasProcess(postmaster.pid)) return undefined;
  const { socketDir, port } = postmaster;
  return applicationUrl({ host: socketDir || '127.0.0.1', port }, readPassword(clusterDir));
}
