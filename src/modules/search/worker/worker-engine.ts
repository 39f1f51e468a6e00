import { Worker } from 'node:worker_threads';
import { unavailable } from '#platform/errors.ts';
import type { Logger } from '#platform/logger.ts';
import type { EngineCalls, EngineReply } from './engine-calls.ts';

/** The engine in its own thread: the same calls, each a promise. All of them refuse with `unavailable` while it is away. */
export type WorkerEngine = {
  [Name in keyof EngineCalls]: (
    ...args: Parameters<EngineCalls[Name]>
  ) => Promise<Awaited<ReturnType<EngineCalls[Name]>>>;
} & {
  /** Starts the thread unless it runs; `onLoss` is called when it ends without having been asked. */
  start(onLoss: () => void): void;
  /** The index is whole: searches are let in. Until then, and after a loss, they are refused. */
  open(): void;
  readonly isOpen: boolean;
  stop(): Promise<void>;
};

const RETRY_SECONDS = 2;
/** More calls than this under way means that it cannot keep up; the rest do better to come again later. */
const MOST_WAITING = 2_000;

/** So long without a word, while something is asked of it, and people are told to come back rather than left to wait. */
const PATIENCE_TICKS = 3;
/** So long, and it hangs: what takes it longest at a time, sorting some million players, is done in a few seconds. */
const HUNG_TICKS = 30;

type Waiting = { call: keyof EngineCalls; resolve(value: never): void; reject(error: unknown): void };

/** `tickMs`: a second, but for tests. */
export function createWorkerEngine(
  logger: Logger,
  spawn: () => Worker = spawnEngineWorker,
  tickMs = 1_000,
): WorkerEngine {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let isOpen = false;
  let lastId = 0;
  let silentTicks = 0;
  let watch: NodeJS.Timeout | undefined;

  function ask<Name extends keyof EngineCalls>(call: Name, ...args: Parameters<EngineCalls[Name]>) {
    return new Promise<Awaited<ReturnType<EngineCalls[Name]>>>((resolve, reject) => {
      if (!worker || waiting.size >= MOST_WAITING) throw away();
      lastId += 1;
      const request = { id: lastId, call, args };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(request);
      waiting.set(lastId, { call, resolve, reject });
    });
  }

  async function askForPeople<Name extends 'search' | 'searchForGroup' | 'explain' | 'findReasons'>(
    call: Name,
    ...args: Parameters<EngineCalls[Name]>
  ) {
    if (!isOpen || silentTicks >= PATIENCE_TICKS) throw away();
    return ask(call, ...args);
  }

  /** Ticks are counted, not time: when this thread was busy itself, only one of them comes late. */
  function watchOver(watched: Worker): void {
    silentTicks = waiting.size === 0 ? 0 : silentTicks + 1;
    // A call that waits for the disk says nothing of the thread; one that waits for nothing does.
    if (silentTicks === 1) ask('status').catch(() => {});
    if (silentTicks === PATIENCE_TICKS) refuseWhoWaits();
    if (silentTicks !== HUNG_TICKS) return;
    logger.error('the search thread hangs; it is ended');
    void watched.terminate();
  }

  /** The calls stay on the list: as long as they do, the silence is one. */
  function refuseWhoWaits(): void {
    for (const { call, reject } of waiting.values()) if (forPeople.has(call)) reject(away());
  }

  function receive({ id, value, error }: EngineReply): void {
    silentTicks = 0;
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) caller?.resolve(value as never);
    else caller?.reject(error);
  }

  function letGo(): void {
    worker = undefined;
    isOpen = false;
    silentTicks = 0;
    clearInterval(watch);
    for (const { reject } of waiting.values()) reject(away());
    waiting.clear();
  }

  return {
    upsert: (players) => ask('upsert', players),
    remove: (accountId) => ask('remove', accountId),
    setOnline: (accountIds, isOnline) => ask('setOnline', accountIds, isOnline),
    setGameStatistics: (statistics) => ask('setGameStatistics', statistics),
    gatherStatistics: (catalogue) => ask('gatherStatistics', catalogue),
    tidy: () => ask('tidy'),
    save: (path, label) => ask('save', path, label),
    restore: (path) => ask('restore', path),
    search: (query) => askForPeople('search', query),
    searchForGroup: (query) => askForPeople('searchForGroup', query),
    explain: (query, accountId) => askForPeople('explain', query, accountId),
    findReasons: (query, accountIds) => askForPeople('findReasons', query, accountIds),
    status: () => ask('status'),
    start(onLoss) {
      if (worker) return;
      const started = spawn();
      worker = started;
      watch = setInterval(() => watchOver(started), tickMs).unref();
      started.on('message', receive);
      started.on('error', (err) => logger.error({ err }, 'the search thread broke'));
      started.on('exit', (code) => {
        if (worker !== started) return;
        letGo();
        logger.error({ code }, 'the search thread ended; it is started anew');
        onLoss();
      });
    },
    open() {
      isOpen = worker !== undefined;
    },
    get isOpen() {
      return isOpen;
    },
    async stop() {
      const stopped = worker;
      letGo();
      await stopped?.terminate();
    },
  };
}

/** Without the flags of the parent: the file is plain TypeScript that Node runs as it is. */
export function spawnEngineWorker(): Worker {
  return new Worker(new URL('./engine-worker.ts', import.meta.url), { name: 'search', execArgv: [] });
}

/** The calls behind which somebody waits for an answer. */
const forPeople: ReadonlySet<keyof EngineCalls> = new Set(['search', 'searchForGroup', 'explain', 'findReasons']);

const away = () => unavailable({ retryAfterSeconds: RETRY_SECONDS });
