import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '#platform/logger.ts';
import { migrate } from '#platform/migrations.ts';
import { readSchema } from '../scripts/generate/live-schema.ts';
import { moduleOrder } from './helpers/architecture-rules.ts';
import { makeEmptyDatabase, startDatabase } from './helpers/database.ts';

const logger = createLogger('silent');
const { url: migratedUrl } = await startDatabase();
const files = globSync('migrations/*').map((path) => path.replaceAll('\\', '/').slice('migrations/'.length));
const names = files.map((file) => file.replace('.sql', '')).toSorted();

test('run again, they find nothing to do', async () => {
  const url = await makeEmptyDatabase();
  await migrate(url, logger);
  const first = await look(url);
  await migrate(url, logger);
  expect(await look(url)).toEqual(first);
  expect(first.applied).toEqual(names);
});

test('four nodes that start at once migrate once', async () => {
  const url = await makeEmptyDatabase();
  await Promise.all([1, 2, 3, 4].map(() => migrate(url, logger)));
  expect(await look(url)).toEqual(await look(migratedUrl));
});

test('after kill -9 half way the next run completes them', async () => {
  const url = await makeEmptyDatabase();
  const blocker = await connect(url);
  // A table of the same name, not committed: the process waits there with the migrations before it applied.
  await blocker.query('begin');
  await blocker.query('create table messages ()');
  const child = spawn(process.execPath, ['test/helpers/migrate-process.ts', url], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  await waitUntil(
    blocker,
    `select count(*) = 1 as is_true from pg_stat_activity
     where datname = current_database() and pg_backend_pid() = any(pg_blocking_pids(pid))`,
  );
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  await blocker.query('rollback');

  const between = await connect(url);
  const { rows } = await between.query<{ name: string }>('select name from migrations');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBeLessThan(names.length);
  await migrate(url, logger);
  expect(await look(url)).toEqual(await look(migratedUrl));
});

test('a migration that comes before one already applied is refused', async () => {
  const url = await makeEmptyDatabase();
  await migrate(url, logger);
  const client = await connect(url);
  await client.query('delete from migrations where name = $1', [names[1]]);
  await expect(migrate(url, logger)).rejects.toThrow(/preceding/);
});

test('every file has its own number, an owner and one direction', () => {
  const owners = ['platform', ...moduleOrder];
  for (const file of files) {
    const [, , owner] = /^(\d{4})_([a-z]+)[a-z_]*\.sql$/.exec(file) ?? [];
    expect([file, owners.includes(owner ?? '')]).toEqual([file, true]);
    const text = readFileSync(`migrations/${file}`, 'utf8');
    expect([file, text.startsWith('-- Up Migration\n'), text.includes('Down Migration')]).toEqual([file, true, false]);
  }
  const numbers = files.map((file) => file.slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('every moment is a timestamptz(3), as exact as a Date', async () => {
  const client = await connect(migratedUrl);
  const { rows } = await client.query<{ place: string }>(`
    select attrelid::regclass || '.' || attname as place
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and attnum > 0 and relname <> 'migrations'
      and format_type(atttypid, atttypmod) like 'time%' and format_type(atttypid, atttypmod) <> 'timestamp(3) with time zone'`);
  expect(rows).toEqual([]);
});

test('every foreign key has an index that begins with it, but those to accounts, which are never deleted', async () => {
  const sources = globSync('src/**/*.ts').map((path) => readFileSync(path, 'utf8'));
  expect(sources.filter((text) => /deleteFrom\('accounts'|delete from accounts\b/.test(text))).toEqual([]);
  const client = await connect(migratedUrl);
  const { rows } = await client.query<{ place: string }>(`
    select conrelid::regclass || '.' || string_agg(attname, ',' order by attnum) as place
    from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any(conkey)
    where contype = 'f' and confrelid <> 'accounts'::regclass and connamespace = 'public'::regnamespace
      and not exists (
        select from pg_index
        where indrelid = conrelid and indpred is null
          and (indkey::int2[])[0:array_length(conkey, 1) - 1] <@ conkey
          and (indkey::int2[])[0:array_length(conkey, 1) - 1] @> conkey
      )
    group by pg_constraint.oid, conrelid`);
  expect(rows).toEqual([]);
});

async function look(url: string) {
  const client = await connect(url);
  const { rows } = await client.query<{ name: string }>('select name from migrations order by name');
  return { applied: rows.map(({ name }) => name), schema: await readSchema(client) };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

async function waitUntil(client: pg.Client, condition: string): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const { rows } = await client.query<{ is_true: boolean }>(condition);
    if (rows[0]?.is_true) return;
    await client.query('select pg_stat_clear_snapshot(), pg_sleep(0.01)');
  }
  throw new Error(`this never came true: ${condition}`);
}
