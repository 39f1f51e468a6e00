import pLimit from 'p-limit';
import type { Pusher } from '#platform/push.ts';
import { isFullBatch, planPushes } from './plan-pushes.ts';
import { sendPushes } from './send-pushes.ts';
import type { NotificationsTools } from './tools.ts';

export type PushWorker = {
  /** Looks at what became of chats; each second, on every node. */
  plan(): Promise<void>;
  /** Sends what is due; each second, on every node. */
  send(): Promise<void>;
  /** Resolves when nothing is left to be done at this moment; returns how much there was. */
  settle(): Promise<number>;
  stop(): void;
};

/** While one batch waits for Apple, the next is being looked up. */
const AT_ONCE = 3;

export function createPushWorker(tools: NotificationsTools, pusher: Pusher | undefined): PushWorker {
  const [planLine, sendLine] = [pLimit(1), pLimit(1)];
  let isStopped = false;

  const repeat = async (work: () => Promise<number>, isMoreLikely: (done: number) => boolean): Promise<number> => {
    let total = 0;
    let done: number;
    do {
      done = isStopped ? 0 : await work();
      total += done;
    } while (isMoreLikely(done));
    return total;
  };
  const plan = () => planLine(() => repeat(() => planPushes(tools), isFullBatch));
  const send = () =>
    sendLine(async () => {
      if (!pusher) return 0;
      const counts = await Promise.all(
        Array.from({ length: AT_ONCE }, () =>
          repeat(
            () => sendPushes(tools, pusher),
            (sent) => sent > 0,
          ),
        ),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    });

  return {
    plan: async () => void (await plan()),
    send: async () => void (await send()),
    settle: async () => (await plan()) + (await send()),
    stop() {
      isStopped = true;
      pusher?.close();
    },
  };
}
