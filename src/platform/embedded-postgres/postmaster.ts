import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../embedded-postgres.ts';
import type { Binaries } from './binaries.ts';
import { hasProcess, readCommand } from './processes.ts';

/** PostgreSQL is started with this meaningless setting, so that its command line names its folder, however it was lent. */
export function folderMark(clusterDir: string): string {
  return `soyamate.folder=<${clusterDir}>`;
}

export type Postmaster = { pid: number; isReady: boolean; port: number; socketDir: string };

/** What the running, or the killed, PostgreSQL of the folder wrote into its postmaster.pid. */
export function readPostmaster(clusterDir: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return { pid, isReady: lines[7]?.trim() === 'ready', port: Number(lines[3]), socketDir: lines[4]?.trim() ?? '' };
}

/**
 * Clears the folder for a new start: ends the PostgreSQL that a killed server left behind, and removes a postmaster.pid
 * whose number now belongs to another program, on which PostgreSQL would refuse to start. Must hold the lock of the data
 * folder. PostgreSQL's own guard, a shared memory block tied to the folder, stands behind any error of judgement here.
 */
export async function endOrphan(clusterDir: string, binaries: Binaries, log: Log): Promise<void> {
  const postmaster = readPostmaster(clusterDir);
  if (!postmaster) return;
  const { pid } = postmaster;
  const owner = identify(pid, clusterDir);
  if (owner === 'another PostgreSQL') {
    throw new Error(`process ${pid}, a PostgreSQL that Soyamate did not start, seems to run on ${clusterDir}; stop it`);
  }
  if (owner === 'ours') {
    log('warn', 'stopping the PostgreSQL that a killed server left behind', { pid });
    await endPostmaster({ pid, binaries, log, hasEnded: () => identify(pid, clusterDir) !== 'ours' });
  } else if (hasProcess(pid)) {
    rmSync(join(clusterDir, 'postmaster.pid'), { force: true });
  }
}

/** Fast shutdown, then immediate shutdown, then the axe. */
export async function endPostmaster(options: {
  pid: number;
  binaries: Binaries;
  log: Log;
  hasEnded: () => boolean;
}): Promise<void> {
  const { pid, binaries, log, hasEnded } = options;
  const steps = [
    { signal: 'SIGINT', patienceMs: 20_000 },
    { signal: 'SIGQUIT', patienceMs: 5000 },
    { signal: 'SIGKILL', patienceMs: 5000 },
  ] as const;
  for (const { signal, patienceMs } of steps) {
    if (signal !== 'SIGINT') log('error', `PostgreSQL does not end: sending ${signal}`, { pid });
    signalPostmaster(pid, signal, binaries);
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline) {
      if (hasEnded()) return;
      await sleep(10);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end`);
}

export function signalPostmaster(pid: number, signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL', binaries: Binaries): void {
  if (process.platform === 'win32') {
    // Windows knows no signals; PostgreSQL has its own there, and pg_ctl sends them.
    spawnSync(binaries.pgCtl, ['kill', signal.slice('SIG'.length), String(pid)], { windowsHide: true });
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function identify(pid: number, clusterDir: string): 'ours' | 'another PostgreSQL' | 'another program or none' {
  const command = readCommand(pid);
  if (command.includes(folderMark(clusterDir))) return 'ours';
  if (command.includes('soyamate.folder=<')) return 'another program or none';
  const isPostgres = /(^|[/\\"])(postgres|postmaster)(\.exe)?(["\s\0:]|$)/.test(command);
  return isPostgres && mayWorkIn(pid, clusterDir) ? 'another PostgreSQL' : 'another program or none';
}

/** PostgreSQL works in its folder. Where we may not look, it may be this one. */
function mayWorkIn(pid: number, clusterDir: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterDir);
  } catch {
    return true;
  }
}
