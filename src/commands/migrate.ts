import type { Config } from '#platform/config.ts';
import { createLogger } from '#platform/logger.ts';
import { migrate } from '#platform/migrations.ts';
import { joinPostgres } from '../open-postgres.ts';

export async function migrateCommand(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  const { url, stop } = await joinPostgres(config, logger);
  try {
    await migrate(url, logger);
  } finally {
    await stop();
  }
}
