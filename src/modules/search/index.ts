/**
 * Search owns the ranked list of teammates: the score (score/), the index in memory and the feed that keeps it true.
 * Offers its doors. Announces nothing. Follows accounts, profiles and teammate requests: whatever changes a player's place.
 */
import type { Door } from '#platform/door.ts';
import type { Logger } from '#platform/logger.ts';
import type { Relay } from '#platform/relay.ts';
import { createFeed } from './feed.ts';
import { createPackedIndex } from './packed/packed-index.ts';
import { searchRoutes } from './routes.ts';
import { createSnapshots } from './snapshots.ts';
import type { SearchTools } from './tools.ts';

export type Search = {
  routes: readonly Door[];
  /** Fills the index; a node is not ready before. */
  load(): Promise<void>;
  /** Players in the index. */
  size(): number;
  stop(): void;
};

export function createSearch(
  options: Omit<SearchTools, 'engine' | 'snapshots'> & { relay: Pick<Relay, 'position' | 'follow'>; logger: Logger },
): Search {
  const engine = createPackedIndex();
  const tools: SearchTools = { ...options, engine, snapshots: createSnapshots() };
  const feed = createFeed(tools, options.relay, options.logger);
  return { routes: searchRoutes(tools), load: feed.load, size: () => engine.size, stop: feed.stop };
}
