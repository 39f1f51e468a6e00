import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, lstatSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../embedded-postgres.ts';
import type { ServerAddress } from './application-database.ts';
import type { Binaries } from './binaries.ts';
import { boundLogFile, readLastWords } from './log-file.ts';
import { endOrphan, endPostmaster, folderMark, readPostmaster, signalPostmaster } from './postmaster.ts';
import { lendFolder, type RunAs, spawnIdentity } from './run-as.ts';
import { serverSettings } from './settings.ts';

export type ServerOptions = {
  clusterDir: string;
  logFile: string;
  binaries: Binaries;
  runAs: RunAs;
  durability: 'full' | 'none';
  settings: Record<string, string>;
  log: Log;
};

const socketDirPrefix = '/tmp/soyamate-';

export type SupervisedServer = { address: ServerAddress; stop(): Promise<void> };

/** Resolves when PostgreSQL accepts connections; from then on it is started anew whenever it ends, at the same address. */
export async function superviseServer(options: ServerOptions): Promise<SupervisedServer> {
  const { clusterDir, logFile, binaries, log } = options;
  removeSocketDir(readPostmaster(clusterDir)?.socketDir);
  const address = await chooseAddress();
  const logBound = setInterval(() => boundLogFile(logFile), 60_000).unref();
  const stopping = new AbortController();
  let server: ChildProcess | undefined;

  async function launch(): Promise<void> {
    await endOrphan(clusterDir, binaries, log);
    stopping.signal.throwIfAborted();
    prepareSocketDir(address.host, options.runAs);
    boundLogFile(logFile);
    server = spawnServer(address, options);
    await untilReady(server, options);
  }

  /** PostgreSQL must not outlive a server that ends without stop(), by an exception or process.exit(). */
  function endWithUs(): void {
    if (server?.pid && isRunning(server)) signalPostmaster(server.pid, 'SIGINT', binaries);
    removeSocketDir(address.host);
  }

  async function keepRunning(): Promise<void> {
    let attempts = 0;
    for (;;) {
      const startedAt = performance.now();
      await untilEnded(server);
      if (stopping.signal.aborted) return;
      log('error', 'PostgreSQL ended unexpectedly', { ...howItEnded(server), lastWords: readLastWords(logFile) });
      if (performance.now() - startedAt > 60_000) attempts = 0;
      while (!stopping.signal.aborted) {
        await sleep(Math.min(100 * 2 ** attempts, 5000), undefined, { signal: stopping.signal, ref: false }).catch(
          () => {},
        );
        if (stopping.signal.aborted) return;
        attempts += 1;
        try {
          await launch();
          log('warn', 'PostgreSQL runs again', { attempts });
          break;
        } catch (error) {
          if (!stopping.signal.aborted) log('error', 'PostgreSQL does not start again; trying on', { attempts, error });
        }
      }
    }
  }

  async function end(): Promise<void> {
    stopping.abort();
    clearInterval(logBound);
    server?.ref();
    if (server?.pid && isRunning(server)) {
      const { pid } = server;
      await endPostmaster({ pid, binaries, log, hasEnded: () => !isRunning(server) });
    }
    await supervision;
    process.off('exit', endWithUs);
    removeSocketDir(address.host);
  }

  process.on('exit', endWithUs);
  let supervision = Promise.resolve();
  try {
    await retryWhileMemoryIsHeld(launch, log);
  } catch (error) {
    await end();
    throw error;
  }
  supervision = keepRunning();
  let ended: Promise<void> | undefined;
  return { address, stop: () => (ended ??= end()) };
}

/**
 * The backends of a PostgreSQL whose head was killed end by themselves within moments, and hold its shared memory until
 * then; PostgreSQL refuses to start beside them.
 */
async function retryWhileMemoryIsHeld(launch: () => Promise<void>, log: Log): Promise<void> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    try {
      return await launch();
    } catch (error) {
      const isHeld = error instanceof Error && error.message.includes('pre-existing shared memory block');
      if (!isHeld || performance.now() > deadline) throw error;
      log('warn', 'waiting for the last processes of a killed PostgreSQL to end');
      await sleep(100);
    }
  }
}

/**
 * A unix socket where there are any, in a folder of its own that only the user of PostgreSQL may enter. Its path must be
 * short (108 bytes on Linux, 104 on macOS), so it is made in /tmp and not in the data folder.
 */
async function chooseAddress(): Promise<ServerAddress> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await findFreePort() };
  return { host: mkdtempSync(socketDirPrefix), port: 5432 };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Before each start: a cleaner of /tmp may have been there, and a killed PostgreSQL leaves its socket and a lock on it. */
function prepareSocketDir(host: string, runAs: RunAs): void {
  if (process.platform === 'win32') return;
  const found = lstatSync(host, { throwIfNoEntry: false });
  if (!found) mkdirSync(host, { mode: 0o700 });
  else if (found.uid !== process.getuid?.() && found.uid !== runAs?.uid)
    throw new Error(`${host} is not ours any more`);
  if (runAs) chownSync(host, runAs.uid, runAs.gid);
  for (const name of readdirSync(host)) rmSync(join(host, name));
}

function removeSocketDir(host: string | undefined): void {
  if (!host?.startsWith(socketDirPrefix)) return;
  try {
    rmSync(host, { recursive: true, force: true });
  } catch {
    // An empty folder stays in /tmp.
  }
}

function spawnServer(address: ServerAddress, options: ServerOptions): ChildProcess {
  const { clusterDir, logFile, binaries, runAs } = options;
  const folder = lendFolder(clusterDir, runAs);
  const output = openSync(logFile, 'a', 0o600);
  try {
    const settings = { ...serverSettings(address, options.durability), ...options.settings };
    const args = ['-D', folder.path, '-c', folderMark(clusterDir)];
    for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
    const server = spawn(binaries.postgres, args, {
      ...spawnIdentity(runAs),
      // A session of its own: Ctrl-C in a terminal goes to the whole group, and PostgreSQL must outlive our drain.
      detached: true,
      // A file, not a pipe: PostgreSQL goes on writing when we are killed.
      stdio: ['ignore', output, output, ...folder.stdio],
      windowsHide: true,
    });
    server.on('error', () => {});
    server.unref();
    return server;
  } finally {
    closeSync(output);
    folder.close();
  }
}

/** Recovery after a crash may take minutes, so there is no deadline while PostgreSQL lives. */
async function untilReady(server: ChildProcess, { clusterDir, logFile, log }: ServerOptions): Promise<void> {
  const startedAt = performance.now();
  for (let seconds = 0; ; await sleep(10)) {
    if (server.pid === undefined || !isRunning(server)) {
      throw new Error(`PostgreSQL did not start: ${readLastWords(logFile)}`);
    }
    const postmaster = readPostmaster(clusterDir);
    if (postmaster?.pid === server.pid && postmaster.isReady) return;
    if (performance.now() - startedAt > (seconds + 10) * 1000) {
      seconds += 10;
      log('warn', 'PostgreSQL is still starting, perhaps recovering after a crash', { seconds, logFile });
    }
  }
}

function isRunning(server: ChildProcess | undefined): boolean {
  return server?.pid !== undefined && server.exitCode === null && server.signalCode === null;
}

async function untilEnded(server: ChildProcess | undefined): Promise<void> {
  if (server && isRunning(server)) await new Promise((resolve) => server.once('exit', resolve));
}

function howItEnded(server: ChildProcess | undefined): Record<string, unknown> {
  return { pid: server?.pid, exitCode: server?.exitCode, signal: server?.signalCode };
}
