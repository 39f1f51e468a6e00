import type { Clock } from '#platform/clock.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Relay } from '#platform/relay.ts';
import { FEED, type Feed } from './feed.ts';
import type { EngineStatus } from './worker/engine-calls.ts';
import type { WorkerEngine } from './worker/worker-engine.ts';

type Measured = { engine: WorkerEngine; feed: Feed; relay: Pick<Relay, 'lag'>; clock: Clock };

/** What `/metrics` tells of the search. While the thread is away its own figures are zero. */
export function measureSearch({ gauge }: Metrics, { engine, feed, relay, clock }: Measured): void {
  const status = async (): Promise<EngineStatus> => {
    if (!engine.isOpen) return { players: 0, memoryBytes: 0 };
    return engine.status().catch(() => ({ players: 0, memoryBytes: 0 }));
  };
  gauge('soyamate_search_open', '1 while the search answers.', () => (engine.isOpen ? 1 : 0));
  gauge('soyamate_search_players', 'Players in the index.', async () => (await status()).players);
  gauge('soyamate_search_memory_bytes', 'Memory of the search thread.', async () => (await status()).memoryBytes);
  gauge(
    'soyamate_search_feed_lag_events',
    'Changes that the index has not taken yet.',
    async () => (await relay.lag())[FEED] ?? 0,
  );
  gauge('soyamate_search_statistics_age_seconds', 'Since games were counted last.', () => {
    const gatheredAt = feed.statistics()?.gatheredAt ?? clock.now();
    return (clock.now().getTime() - gatheredAt.getTime()) / 1_000;
  });
}
