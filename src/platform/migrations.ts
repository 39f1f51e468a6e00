import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { Logger } from './logger.ts';

const DIRECTORY = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Brings the schema up to date: numbered SQL files, forward only, each in a transaction of its own, one node at a time
 * (the others wait on an advisory lock and then find nothing to do). Safe to run again after a kill at any moment.
 */
export async function migrate(databaseUrl: string, logger: Logger): Promise<void> {
  const applied = await runner({
    databaseUrl,
    dir: DIRECTORY,
    direction: 'up',
    migrationsTable: 'migrations',
    singleTransaction: false,
    checkOrder: true,
    advisoryLockMode: 'wait',
    logger: {
      debug: (message) => logger.debug(message),
      info: (message) => logger.debug(message),
      warn: (message) => logger.warn(message),
      error: (message) => logger.error(message),
    },
  });
  if (applied.length > 0) logger.info({ migrations: applied.map(({ name }) => name) }, 'the schema is up to date');
}
