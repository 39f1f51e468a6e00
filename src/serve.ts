import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadSigningKeys } from '#modules/accounts/index.ts';
import { createLocalBus } from '#platform/bus.ts';
import { systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { createDatabase, type Database } from '#platform/database.ts';
import { createIds, type Ids } from '#platform/ids.ts';
import { createLogger, type Logger } from '#platform/logger.ts';
import { serveMetrics } from '#platform/metrics.ts';
import { migrate } from '#platform/migrations.ts';
import { connectRedis } from '#platform/redis.ts';
import { createRedisBus } from '#platform/redis-bus.ts';
import { type App, createApp } from './app.ts';
import { seedDemoPlayers } from './demo/seed-demo-players.ts';
import { openPostgres } from './open-postgres.ts';

/** How long requests under way may take after a signal; the whole end must fit into ten seconds. */
const DRAIN_MS = 7_000;

/** Starts everything, says where it is, and returns; a signal then ends it in the reverse order. */
export async function serve(config: Config): Promise<void> {
  const startedAt = performance.now();
  const logger = createLogger(config.logLevel);
  const ended = waitForSignal();
  const { url, stop } = await openPostgres(config, logger);
  try {
    await migrate(url, logger);
    const db = createDatabase({ url, ...config.database, logger });
    const keys = await loadSigningKeys(config.signingKeys, config.dataDir);
    const clock = systemClock;
    const ids = createIds(clock);
    const redis = config.redisUrl ? await connectRedis(config.redisUrl, logger) : undefined;
    const bus = redis ? await createRedisBus(redis) : createLocalBus();
    const app = await createApp({ config, db, bus, redis, clock, ids, keys, logger });
    const metrics = await open(app, { config, db, ids, logger }).catch(async (error: unknown) => {
      await app.close();
      redis?.close();
      throw error;
    });
    const ownUrl = findOwnUrl(config, (app.http.server.address() as AddressInfo).port);
    greet(ownUrl, performance.now() - startedAt, await app.accounts.openSetup(ownUrl), canShowSecrets(config));

    const signal = await ended;
    logger.info({ signal }, 'stopping: requests under way are finished first');
    const timer = setTimeout(() => app.http.server.closeAllConnections(), DRAIN_MS);
    await app.close();
    clearTimeout(timer);
    redis?.close();
    metrics?.close();
  } finally {
    // Only now: PostgreSQL outlives the last request.
    await stop();
  }
  logger.info('stopped');
}

type Tools = { config: Config; db: Database; ids: Ids; logger: Logger };

/** From an app that is wired to one that listens, with the server of its metrics if there is one. */
async function open(app: App, { config, db, ids, logger }: Tools): Promise<Server | undefined> {
  await app.loadCatalogue();
  await seed(app, db, ids, config, logger);
  // Compiling what the doors answer keeps the event loop busy for a second or more: before anything waits for it.
  await app.http.ready();
  await app.start();
  await app.http.listen({ host: config.host, port: config.port });
  return config.metricsPort ? serveMetrics(app.metrics, config.host, config.metricsPort) : undefined;
}

async function seed(app: App, db: Database, ids: Ids, { demoPlayers }: Config, logger: Logger): Promise<void> {
  if (demoPlayers === 0) return;
  const made = await seedDemoPlayers(app, db, ids, demoPlayers, (done) => {
    logger.info({ done, of: demoPlayers }, 'making demo players');
  });
  if (made === 0) logger.info('no demo players are made: the database holds accounts already');
}

function waitForSignal(): Promise<string> {
  return new Promise((resolve) => {
    // SIGHUP: the terminal was closed.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
  });
}

const findOwnUrl = ({ publicUrl, host }: Config, port: number): string =>
  publicUrl.endsWith(':0') ? `http://${host}:${port}` : publicUrl;

/** In production what is printed lands in a log, unless somebody sits at the terminal. */
const canShowSecrets = ({ environment }: Config): boolean => environment !== 'production' || process.stdout.isTTY;

function greet(url: string, milliseconds: number, setupUrl: string | undefined, showsSecrets: boolean): void {
  process.stdout.write(
    `\nSoyamate is ready after ${(milliseconds / 1_000).toFixed(1)} s.\n\n` +
      `  API             ${url}/v1\n` +
      `  Documentation   ${url}/docs\n` +
      `  Administrator   ${(showsSecrets && setupUrl) || 'npx soyamate create-admin'}\n` +
      '  Stop            Ctrl+C\n\n',
  );
}
