import { loadSigningKeys } from '#modules/accounts/index.ts';
import { createLocalBus } from '#platform/bus.ts';
import { systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { createDatabase, type Database } from '#platform/database.ts';
import { createIds, type Ids } from '#platform/ids.ts';
import { createLogger, type Logger } from '#platform/logger.ts';
import { migrate } from '#platform/migrations.ts';
import { type App, createApp } from '../app.ts';
import { joinPostgres } from '../open-postgres.ts';

export type CommandTools = { app: App; db: Database; ids: Ids; logger: Logger };

/** Runs a command on the migrated database with all modules at hand, but without serving. */
export async function withApp(config: Config, work: (tools: CommandTools) => Promise<void>): Promise<void> {
  const logger = createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const { url, stop } = await joinPostgres(config, logger);
  try {
    await migrate(url, logger);
    const db = createDatabase({ url, ...config.database, logger });
    const clock = systemClock;
    const ids = createIds(clock);
    const keys = await loadSigningKeys(config.signingKeys, config.dataDir);
    const app = await createApp({ config, db, bus: createLocalBus(), clock, ids, keys, logger });
    try {
      await work({ app, db, ids, logger });
    } finally {
      await app.close();
    }
  } finally {
    await stop();
  }
}
