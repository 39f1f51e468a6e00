import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasProcess } from './processes.ts';

/**
 * Makes this process the only owner of the data folder, or throws an Error that names the process that is.
 *
 * Node has no flock(); SQLite, which comes with Node, takes the file lock of every platform for us. The kernel gives it up
 * when its holder dies, in whatever way, and of two that ask at the same moment one gets it.
 */
export async function lockDataDir(dataDir: string): Promise<{ release(): void }> {
  const pidFile = join(dataDir, 'soyamate.pid');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(dataDir, 'soyamate.lock'));
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    database?.close();
    const problem = isLockedByAnother(error)
      ? `${dataDir} is in use by another Soyamate server (process ${await findOwner(pidFile)})`
      : `cannot write in ${dataDir}; start Soyamate as the user it belongs to, or as root`;
    throw new Error(problem, { cause: error });
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return {
    release() {
      if (database?.isOpen) database.close();
    },
  };
}

function isLockedByAnother(error: unknown): boolean {
  const sqliteBusy = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

/** The owner writes its number just after it has got the lock, so a reader in between sees none or that of a dead one. */
async function findOwner(pidFile: string): Promise<string> {
  for (let attempt = 0; attempt < 25; attempt += 1) {
    const pid = readPid(pidFile);
    if (pid !== undefined && hasProcess(pid)) return String(pid);
    await sleep(20);
  }
  return 'unknown';
}

function readPid(pidFile: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(pidFile, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}
