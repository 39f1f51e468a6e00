/**
 * Search owns the ranked lists of teammates and of parties: the score (score/), the index in memory (packed/) in a thread of its own
 * (worker/), the feed that keeps it true, and saved searches. Offers its doors. Announces: match found. Follows accounts,
 * profiles and relationships: whatever changes a player's place; listens to profile changed,
 * game merged, genre deleted and account erased.
 */
import type { Worker } from 'node:worker_threads';
import type { Bus } from '#platform/bus.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import type { Logger } from '#platform/logger.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { PresenceStore } from '#platform/presence-store.ts';
import type { Relay } from '#platform/relay.ts';
import { announceWaiting } from './actions/announce-waiting.ts';
import { createSearchExporter } from './exporter.ts';
import { createFeed } from './feed.ts';
import { searchListeners } from './listeners.ts';
import { measureSearch } from './measure-search.ts';
import { partyRoutes } from './party-routes.ts';
import { searchRoutes } from './routes.ts';
import { noGameStatistics } from './score/co-play.ts';
import type { SearchTools } from './tools.ts';
import { createWorkerEngine } from './worker/worker-engine.ts';

export { matchFound } from './events.ts';
export { spawnEngineWorker } from './worker/worker-engine.ts';

export type Search = {
  routes: readonly Door[];
  /** What is held here about a person. */
  exporter: Exporter;
  listeners: readonly Listener[];
  /** Starts the thread and fills the index; a node is not ready before. */
  load(): Promise<void>;
  /** Tells what waited for the morning; call it every few minutes. */
  announceWaiting(): Promise<void>;
  stop(): Promise<void>;
};

export function createSearch(
  options: Omit<SearchTools, 'engine' | 'statistics'> & {
    relay: Pick<Relay, 'position' | 'follow' | 'lag' | 'logId'>;
    bus: Bus;
    /** Where this node keeps its index between a stop and the next start. */
    indexFile: string;
    presence: Pick<PresenceStore, 'listOnline'>;
    metrics: Metrics;
    logger: Logger;
    /** Starts the search thread; tests keep hold of it. */
    spawn?: (() => Worker) | undefined;
    /** What the thread's watch takes for a second. */
    tickMs?: number | undefined;
  },
): Search {
  const engine = createWorkerEngine(options.logger, options.spawn, options.tickMs);
  const feed = createFeed({ ...options, engine }, options.relay, options.logger);
  const statistics = () => feed.statistics()?.games ?? noGameStatistics;
  const tools: SearchTools = { ...options, engine, statistics };
  measureSearch(options.metrics, { engine, feed, relay: options.relay, clock: options.clock });
  return {
    routes: [...searchRoutes(tools), ...partyRoutes(tools)],
    exporter: createSearchExporter(tools),
    listeners: searchListeners(tools),
    load: feed.load,
    announceWaiting: () => announceWaiting(tools),
    stop: feed.stop,
  };
}
