import type { Config } from '#platform/config.ts';
import { findEmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import type { Logger } from '#platform/logger.ts';

export type OpenPostgres = { url: string; stop(): Promise<void> };

/** The database of the configuration, or an embedded one in the data folder. */
export async function openPostgres(config: Config, logger: Logger): Promise<OpenPostgres> {
  if (config.database.url) return { url: config.database.url, stop: async () => {} };
  return startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (level, message, fields) => logger[level](fields ?? {}, message),
  });
}

/** The same for a command, which may run beside a server: it then uses the PostgreSQL of that server. */
export async function joinPostgres(config: Config, logger: Logger): Promise<OpenPostgres> {
  const running = config.database.url ?? findEmbeddedPostgres(config.dataDir);
  return running === undefined ? openPostgres(config, logger) : { url: running, stop: async () => {} };
}
