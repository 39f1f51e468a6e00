/**
 * `npm run generate`: writes every file that follows from the sources, from a migrated PostgreSQL that it starts for the
 * purpose. With `--check` it writes nothing, names the files that are stale, and ends with 1.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadSigningKeys } from '#modules/accounts/index.ts';
import { createLocalBus } from '#platform/bus.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createDatabase } from '#platform/database.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createIds } from '#platform/ids.ts';
import { createLogger } from '#platform/logger.ts';
import { migrate } from '#platform/migrations.ts';
import { createApp } from '../src/app.ts';
import { buildWasm } from './build-wasm.ts';
import { writeAsyncApi } from './generate/asyncapi.ts';
import { writeConfiguration, writeEnvExample } from './generate/configuration.ts';
import { readSchema } from './generate/live-schema.ts';
import { writePermissions } from './generate/permissions.ts';
import { writeProblems } from './generate/problems.ts';
import { writeSchemaPage, writeSchemaSql } from './generate/schema.ts';
import { writeTables } from './generate/tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'soyamate-generate-'));
try {
  const files = await generate(folder);
  if (process.argv.includes('--check')) check(files);
  else for (const [path, text] of Object.entries(files)) writeFileSync(path, text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function generate(dataDir: string): Promise<Record<string, string>> {
  const logger = createLogger('error');
  const postgres = await startEmbeddedPostgres({
    dataDir,
    durability: 'none',
    log: (level, message) => level === 'error' && console.error(message),
  });
  const client = new pg.Client(postgres.url);
  try {
    await migrate(postgres.url, logger);
    await client.connect();
    const schema = await readSchema(client);
    const tables = await writeTables(postgres.url, client);
    const { document, permissions } = await describe(postgres.url, dataDir);
    return {
      'src/platform/tables.generated.ts': tables,
      'src/modules/search/packed/inner-loops.generated.ts': await buildWasm(),
      'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
      'docs/asyncapi.yaml': writeAsyncApi(document),
      'docs/configuration.md': writeConfiguration(),
      '.env.example': writeEnvExample(),
      'docs/problems.md': writeProblems(document),
      'docs/permissions.md': writePermissions(document, permissions),
      'docs/schema.sql': writeSchemaSql(schema),
      'docs/schema.md': writeSchemaPage(schema),
    };
  } finally {
    await client.end();
    await postgres.stop();
  }
}

/** What a server without any configuration tells of itself. */
async function describe(databaseUrl: string, dataDir: string) {
  const logger = createLogger('error');
  const clock = systemClock;
  const app = await createApp({
    config: readConfig({ DATA_DIR: dataDir }),
    db: createDatabase({ url: databaseUrl, poolSize: 2, namedStatements: true, logger }),
    bus: createLocalBus(),
    clock,
    ids: createIds(clock),
    keys: await loadSigningKeys(undefined, dataDir),
    logger,
  });
  await app.close();
  return { document: app.document, permissions: app.accounts.permissions };
}

function check(files: Record<string, string>): void {
  const stale = Object.entries(files).filter(
    ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8').replaceAll('\r\n', '\n') !== text,
  );
  for (const [path] of stale) console.error(`${path} is stale: run npm run generate`);
  if (stale.length > 0) process.exitCode = 1;
}
