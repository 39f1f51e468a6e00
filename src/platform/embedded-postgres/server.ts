import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../embedded-postgres.ts';
import { chooseAddress, prepareSocketDir, removeSocketDir, type ServerAddress } from './address.ts';
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
      attempts = await startAnew(attempts);
    }
  }

  async function startAnew(failedBefore: number): Promise<number> {
    for (let attempts = failedBefore + 1; ; attempts += 1) {
      try {
        const pauseMs = Math.min(50 * 2 ** attempts, 5000);
        await sleep(pauseMs, undefined, { signal: stopping.signal, ref: false });
        await launch();
        log('warn', 'PostgreSQL runs again', { attempts });
        return attempts;
      } catch (error) {
        if (stopping.signal.aborted) return attempts;
        log('error', 'PostgreSQL does not start again; trying on', { attempts, error });
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
