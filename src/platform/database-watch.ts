import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { within } from './deadline.ts';
import type { Logger } from './logger.ts';

const ASK_MS = 1_000;
const ANSWER_MS = 2_500;
const SLICE_MS = 250;

/**
 * Asks PostgreSQL every second whether it is there. A PostgreSQL that is frozen, or behind a cut cable, keeps its
 * connections and answers nothing, so neither its own timeouts nor errors of the system end what waits for it: then all
 * connections at work are closed, and what waited is told that the service is not available. Returns the call that
 * ends the watch.
 */
export function watchDatabase(pool: pg.Pool, url: string, logger: Logger): () => Promise<void> {
  const busy = new Set<pg.PoolClient>();
  pool.on('acquire', (client) => void busy.add(client));
  pool.on('release', (_error, client) => void busy.delete(client));
  const ended = new AbortController();
  let probe: pg.Client | undefined;

  const ask = async (): Promise<boolean> => {
    if (!probe) {
      probe = createProbe(url);
      await probe.connect();
    }
    await probe.query('select');
    return true;
  };

  const watch = async () => {
    while (!ended.signal.aborted) {
      const asked = ask();
      // An error means that PostgreSQL is away, not that it hangs: everybody else learns that by themselves.
      const isHung = !(await isAnsweredInTime(asked));
      if (isHung) {
        logger.error({ connections: busy.size }, 'PostgreSQL does not answer: its connections are closed');
        for (const client of busy) cut(client);
      }
      if (
        isHung ||
        (await asked.then(
          () => false,
          () => true,
        ))
      )
        drop();
      await sleep(ASK_MS, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
    }
  };

  const drop = () => {
    if (probe) cut(probe);
    probe = undefined;
  };

  const watching = watch();
  return async () => {
    ended.abort();
    await watching;
    drop();
  };
}

/**
 * In slices, each of which lets what has arrived be read: when it is our own process that stood still, the answer waits
 * at its door, and a single timer of the whole length would go off before it.
 */
async function isAnsweredInTime(asked: Promise<boolean>): Promise<boolean> {
  const settled = asked.catch(() => false);
  for (let waitedMs = 0; waitedMs < ANSWER_MS; waitedMs += SLICE_MS) {
    if ((await within(SLICE_MS, settled)) !== undefined) return true;
  }
  return false;
}

function createProbe(url: string): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'soyamate-watch',
    // Longer than we wait: a PostgreSQL that takes a connection and is silent then hangs; it is not away.
    connectionTimeoutMillis: 2 * ANSWER_MS,
  });
  client.on('error', () => undefined);
  return client;
}

/** With a query under way, `end` does not wait for it. */
const cut = (client: pg.ClientBase & { end?(): Promise<void> }): void => {
  client.end?.().catch(() => undefined);
};
