import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { createDatabase, type Database } from '#platform/database.ts';
import { createLogger, type Logger } from '#platform/logger.ts';
import { atEnd } from './at-end.ts';
import { cloneDatabase, createEmptyDatabase, dropDatabase } from './postgres.ts';

export type TestDatabase = { db: Database; url: string; logger: Logger; logLines: string[] };

/** A migrated database without a server; it ends with the test file. */
export async function startDatabase(): Promise<TestDatabase> {
  const url = await cloneDatabase(inject('templateUrl'), newName());
  const logLines: string[] = [];
  const logger = createLogger('debug', { write: (line) => void logLines.push(line) });
  const db = createDatabase({ url, poolSize: 8, namedStatements: true, logger });
  atEnd(async () => {
    await db.close();
    await dropDatabase(url);
  });
  return { db, url, logger, logLines };
}

/** The address of a database without any table; it ends with the test file. */
export async function makeEmptyDatabase(): Promise<string> {
  const url = await createEmptyDatabase(inject('templateUrl'), newName());
  atEnd(() => dropDatabase(url));
  return url;
}

const newName = () => `t_${randomUUID().replaceAll('-', '')}`;
