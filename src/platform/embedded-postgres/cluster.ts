import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  lchownSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log } from '../embedded-postgres.ts';
import type { Binaries } from './binaries.ts';
import { lendFolder, type RunAs, spawnIdentity } from './run-as.ts';

const passwordFile = 'soyamate.password';
const unfinishedPrefix = 'postgres-unfinished-';

/**
 * Makes the cluster if there is none and returns the password of its users. It is made under another name and renamed when
 * complete: a folder `postgres` is whole, whatever was killed on the way.
 */
export async function prepareCluster(options: {
  clusterDir: string;
  binaries: Binaries;
  runAs: RunAs;
  durability: 'full' | 'none';
  log: Log;
}): Promise<string> {
  const { clusterDir, binaries, runAs, log } = options;
  removeUnfinished(dirname(clusterDir), log);
  const madeBy = readMajorVersion(clusterDir);
  if (madeBy === undefined) {
    await createCluster(options);
  } else if (madeBy !== binaries.majorVersion) {
    throw new Error(
      `${clusterDir} was made by PostgreSQL ${madeBy}, and this Soyamate brings PostgreSQL ${binaries.majorVersion}; ` +
        `start the Soyamate that made it, or move the data over with pg_dump of PostgreSQL ${binaries.majorVersion}`,
    );
  } else if (runAs && statSync(clusterDir).uid !== runAs.uid) {
    log('warn', `${clusterDir} belongs to root, perhaps from a copy: giving it to user ${runAs.uid}`);
    giveAway(clusterDir, runAs);
  }
  return readPassword(clusterDir);
}

function removeUnfinished(dataDir: string, log: Log): void {
  for (const name of readdirSync(dataDir).filter((entry) => entry.startsWith(unfinishedPrefix))) {
    try {
      rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 3 });
      log('info', 'removed a cluster whose making was interrupted', { name });
    } catch (error) {
      // The initdb of a killed server may still be writing; it is a folder that nobody will use, the next start tries again.
      log('warn', 'could not remove a cluster whose making was interrupted', { name, error });
    }
  }
}

function readMajorVersion(clusterDir: string): number | undefined {
  const entries = statSync(clusterDir, { throwIfNoEntry: false }) ? readdirSync(clusterDir) : [];
  if (entries.length === 0) return undefined;
  if (!entries.includes('PG_VERSION')) {
    throw new Error(`${clusterDir} is not empty, and not a folder of PostgreSQL; move it away`);
  }
  return Number.parseInt(readFileSync(join(clusterDir, 'PG_VERSION'), 'utf8'), 10);
}

async function createCluster(options: {
  clusterDir: string;
  binaries: Binaries;
  runAs: RunAs;
  durability: 'full' | 'none';
  log: Log;
}): Promise<void> {
  const { clusterDir, binaries, runAs, durability, log } = options;
  const dataDir = dirname(clusterDir);
  const unfinished = mkdtempSync(join(dataDir, unfinishedPrefix));
  writeFileSync(join(unfinished, passwordFile), `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (runAs) giveAway(unfinished, runAs);

  log('info', 'making a new PostgreSQL cluster', { clusterDir });
  const folder = lendFolder(unfinished, runAs);
  try {
    await runInitdb(binaries.initdb, runAs, folder.stdio, [
      `--pgdata=${folder.path}/cluster`,
      `--pwfile=${folder.path}/${passwordFile}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--data-checksums',
      ...localeArguments(binaries.majorVersion),
      '--no-instructions',
      ...(durability === 'none' ? ['--no-sync'] : []),
    ]);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    folder.close();
  }
  renameSync(join(unfinished, passwordFile), join(unfinished, 'cluster', passwordFile));
  renameSync(join(unfinished, 'cluster'), clusterDir);
  rmSync(unfinished, { recursive: true });
  if (durability === 'full' && process.platform !== 'win32') syncFolder(dataDir);
}

/** The same sorting and case folding on every machine: built in since 17, the C.UTF-8 of the system's library before. */
function localeArguments(majorVersion: number): string[] {
  if (majorVersion >= 17) return ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  return process.platform === 'linux' ? ['--locale=C', '--lc-ctype=C.UTF-8'] : ['--locale=C'];
}

function runInitdb(initdb: string, runAs: RunAs, folder: number[], args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(initdb, args, {
      ...spawnIdentity(runAs),
      stdio: ['ignore', 'ignore', 'pipe', ...folder],
      windowsHide: true,
    });
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`PostgreSQL could not make its cluster (initdb: ${signal ?? code}): ${complaint.trim()}`));
    });
  });
}

export function readPassword(clusterDir: string): string {
  try {
    return readFileSync(join(clusterDir, passwordFile), 'utf8').trim();
  } catch (error) {
    throw new Error(`${clusterDir} was not made by Soyamate, or has lost its ${passwordFile}`, { cause: error });
  }
}

function giveAway(folder: string, owner: { uid: number; gid: number }): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, name), owner.uid, owner.gid);
  }
  chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
