import { randomUUID } from 'node:crypto';
import { createClient } from '@redis/client';
import { within } from './deadline.ts';
import type { Logger } from './logger.ts';

/** Redis or Valkey 7 and newer: what nodes tell each other. The server works without it, each node for itself. */
export type Redis = {
  /** Of this node, made anew at each start. */
  readonly nodeId: string;
  readonly commands: RedisClient;
  readonly subscriber: RedisClient;
  /** Runs commands that an answer waits for; undefined when Redis does not answer soon. */
  ask<T>(work: (commands: RedisClient) => Promise<T>): Promise<T | undefined>;
  close(): void;
};

export type RedisClient = ReturnType<typeof open>;

const START_MS = 2_000;
const ANSWER_MS = 300;
/** After an answer that did not come, nobody waits for another one for so long. */
const REST_MS = 2_000;

/** Connects in the background for as long as it takes; a Redis that is away now does not hold up the start. */
export async function connectRedis(url: string, logger: Logger): Promise<Redis> {
  const commands = open(url, true, logger);
  const subscriber = open(url, false, logger);
  let restUntil = 0;
  const connected = Promise.all([commands.connect(), subscriber.connect()]).catch((error: unknown) =>
    logger.error({ err: error }, 'redis was given up'),
  );
  await within(START_MS, connected);

  return {
    nodeId: randomUUID(),
    commands,
    subscriber,
    async ask(work) {
      if (!commands.isReady || performance.now() < restUntil) return undefined;
      try {
        const answer = await within(ANSWER_MS, work(commands));
        if (answer === undefined) restUntil = performance.now() + REST_MS;
        return answer;
      } catch {
        return undefined; // The client tells of its troubles itself.
      }
    },
    close() {
      commands.destroy();
      subscriber.destroy();
    },
  };
}

function open(url: string, isImpatient: boolean, logger: Logger) {
  const client = createClient({
    url,
    // What cannot be sent now is not worth sending later, and a Redis that hangs must not fill our memory.
    disableOfflineQueue: isImpatient,
    commandsQueueMaxLength: 10_000,
    // Together they find a Redis that is frozen or behind a cut cable.
    pingInterval: 2_000,
    socket: {
      connectTimeout: 2_000,
      socketTimeout: 6_000,
      reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 2_000) + Math.random() * 200,
    },
  });
  client.on('error', (error: unknown) => logger.warn({ err: error }, 'redis is not reachable'));
  return client;
}
