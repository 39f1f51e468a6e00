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

type Waiting = { resolve(value: never): void; reject(error: unknown): void };

export function createWorkerEngine(logger: Logger, spawn: () => Worker = spawnEngineWorker): WorkerEngine {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let isOpen = false;
  let lastId = 0;

  function ask<Name extends keyof EngineCalls>(call: Name, ...args: Parameters<EngineCalls[Name]>) {
    return new Promise<Awaited<ReturnType<EngineCalls[Name]>>>((resolve, reject) => {
      if (!worker || waiting.size >= MOST_WAITING) throw away();
      lastId += 1;
      const request = { id: lastId, call, args };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(request);
      waiting.set(lastId, { resolve, reject });
    });
  }

  function receive({ id, value, error }: EngineReply): void {
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) caller?.resolve(value as never);
    else caller?.reject(error);
  }

  function letGo(): void {
    worker = undefined;
    isOpen = false;
    for (const { reject } of waiting.values()) reject(away());
    waiting.clear();
  }

  return {
    upsert: (players) => ask('upsert', players),
    remove: (accountId) => ask('remove', accountId),
    setOnline: (accountId, isOnline) => ask('setOnline', accountId, isOnline),
    setGameStatistics: (statistics) => ask('setGameStatistics', statistics),
    gatherStatistics: (catalogue) => ask('gatherStatistics', catalogue),
    tidy: () => ask('tidy'),
    save: (path, label) => ask('save', path, label),
    restore: (path) => ask('restore', path),
    async search(query) {
      if (!isOpen) throw away();
      return ask('search', query);
    },
    async searchForGroup(query) {
      if (!isOpen) throw away();
      return ask('searchForGroup', query);
    },
    async explain(query, accountId) {
      if (!isOpen) throw away();
      return ask('explain', query, accountId);
    },
    async findReasons(query, accountIds) {
      if (!isOpen) throw away();
      return ask('findReasons', query, accountIds);
    },
    status: () => ask('status'),
    start(onLoss) {
      if (worker) return;
      const started = spawn();
      worker = started;
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

const away = () => unavailable({ retryAfterSeconds: RETRY_SECONDS });
