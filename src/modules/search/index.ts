/**
 * Search owns the ranked list of teammates: the score (score/), the index in memory (packed/) in a thread of its own
 * (worker/), and the feed that keeps it true. Offers its doors. Announces nothing. Follows accounts, profiles and
 * relationships: whatever changes a player's place.
 */
import type { Worker } from 'node:worker_threads';
import type { Door } from '#platform/door.ts';
import type { Logger } from '#platform/logger.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Relay } from '#platform/relay.ts';
import { createFeed } from './feed.ts';
import { measureSearch } from './measure-search.ts';
import { searchRoutes } from './routes.ts';
import { createSnapshots } from './snapshots.ts';
import type { SearchTools } from './tools.ts';
import { createWorkerEngine } from './worker/worker-engine.ts';

export { spawnEngineWorker } from './worker/worker-engine.ts';

export type Search = {
  routes: readonly Door[];
  /** Starts the thread and fills the index; a node is not ready before. */
  load(): Promise<void>;
  stop(): Promise<void>;
};

export function createSearch(
  options: Omit<SearchTools, 'engine' | 'snapshots'> & {
    relay: Pick<Relay, 'position' | 'follow' | 'lag'>;
    metrics: Metrics;
    logger: Logger;
    /** Starts the search thread; tests keep hold of it. */
    spawn?: (() => Worker) | undefined;
  },
): Search {
  const engine = createWorkerEngine(options.logger, options.spawn);
  const feed = createFeed({ ...options, engine }, options.relay, options.logger);
  const tools: SearchTools = { ...options, engine, snapshots: createSnapshots() };
  measureSearch(options.metrics, { engine, feed, relay: options.relay, clock: options.clock });
  return { routes: searchRoutes(tools), load: feed.load, stop: feed.stop };
}
