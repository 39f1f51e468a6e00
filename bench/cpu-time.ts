import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPostmaster } from '../src/platform/embedded-postgres/postmaster.ts';

export type CpuTime = { serverMs: number; databaseMs: number; clientMs: number };

/** Linux counts in hundredths of a second for whoever asks. */
const TICK_MS = 10;

/**
 * CPU time used so far by a server, by its embedded PostgreSQL and by this process. On a machine that others use as well it
 * says more than a rate, since nobody else's work is in it.
 */
export async function readCpuTime(serverPid: number, dataDir: string): Promise<CpuTime> {
  const postmaster = readPostmaster(join(dataDir, 'postgres'))?.pid ?? 0;
  const { user, system } = process.cpuUsage();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(readStat));
  const database = stats.filter((stat) => stat && (stat.pid === postmaster || stat.parent === postmaster));
  return {
    serverMs: stats.find((stat) => stat?.pid === serverPid)?.ownMs ?? 0,
    // Connections that have ended count as the postmaster's children.
    databaseMs: database.reduce(
      (sum, stat) => sum + (stat?.ownMs ?? 0) + (stat?.pid === postmaster ? stat.childrenMs : 0),
      0,
    ),
    clientMs: (user + system) / 1_000,
  };
}

/** CPU time of each between two readings, for one of so many calls. */
export const perCall = (before: CpuTime, after: CpuTime, calls: number): CpuTime => ({
  serverMs: (after.serverMs - before.serverMs) / calls,
  databaseMs: (after.databaseMs - before.databaseMs) / calls,
  clientMs: (after.clientMs - before.clientMs) / calls,
});

/** See proc(5): parent, user and system time of a process and of its children that have ended. */
async function readStat(pid: number) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = (...places: number[]) => places.reduce((sum, place) => sum + (fields[place] ?? 0), 0) * TICK_MS;
  return { pid, parent: fields[1] ?? 0, ownMs: ticks(11, 12), childrenMs: ticks(13, 14) };
}
