import type { Logger } from '../logger.ts';
import type { Consumer, Progress } from './consumer.ts';

const POLL_MS = 1_000;
/** Most transactions are over at once; for one that runs long the pauses double. */
const BLOCKED_MS = 5;
const LONGEST_BLOCKED_MS = 250;
const RETRY_MS = 500;

export type Loop = { wake(): void; settle(): Promise<void>; stop(): Promise<void> };

/** Drains one consumer again and again: at once when woken, each second otherwise. */
export function runLoop(consumer: Consumer, logger: Logger): Loop {
  let isStopped = false;
  let isWoken = false;
  let rouse: (() => void) | undefined;
  let settled: (() => void)[] = [];

  const wake = () => {
    isWoken = true;
    rouse?.();
  };
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run() {
    let blockedMs = BLOCKED_MS;
    while (!isStopped) {
      if (isWoken) blockedMs = BLOCKED_MS;
      isWoken = false;
      const waiting = settled;
      const progress = await consumer.drain().catch((error: unknown): Progress => {
        logger.error({ err: error, consumer: consumer.name }, 'events wait: the consumer failed');
        return 'failed';
      });
      if (progress === 'idle') {
        settled = settled.filter((resolve) => !waiting.includes(resolve));
        for (const resolve of waiting) resolve();
      }
      if (progress === 'more' || isWoken || isStopped) continue;
      await pause(progress === 'idle' ? POLL_MS : progress === 'blocked' ? blockedMs : RETRY_MS);
      blockedMs = progress === 'blocked' ? Math.min(blockedMs * 2, LONGEST_BLOCKED_MS) : BLOCKED_MS;
    }
    for (const resolve of settled) resolve();
  }
  const running = run();

  return {
    wake,
    settle: () =>
      new Promise((resolve) => {
        settled = [...settled, resolve];
        wake();
      }),
    async stop() {
      isStopped = true;
      wake();
      await running;
    },
  };
}
