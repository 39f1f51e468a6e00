import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';

/**
 * The row types of every table of a migrated database. Columns whose check constraint lists their words become unions of
 * those words.
 */
export async function writeTables(databaseUrl: string, client: pg.Client): Promise<string> {
  const columns = await findWordLists(client);
  const file = join(tmpdir(), `tables-${process.pid}.ts`);
  execFileSync(
    process.execPath,
    [
      'node_modules/kysely-codegen/dist/cli/bin.js',
      '--dialect=postgres',
      `--url=${databaseUrl}`,
      `--out-file=${file}`,
      '--exclude-pattern=migrations',
      '--numeric-parser=number',
      '--type-mapping={"int8":"number"}',
      `--overrides=${JSON.stringify({ columns })}`,
    ],
    // It complains of TypeScript 7 having no compiler API for each override, yet takes them all.
    { stdio: 'pipe' },
  );
  const text = readFileSync(file, 'utf8').replaceAll('DB', 'Tables');
  rmSync(file);
  return text;
}

async function findWordLists(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{
    column: string;
    definition: string;
    is_required: boolean;
    has_default: boolean;
  }>(`
    select pg_class.relname || '.' || pg_attribute.attname as column,
      pg_get_constraintdef(pg_constraint.oid) as definition,
      attnotnull as is_required,
      atthasdef as has_default
    from pg_constraint
    join pg_class on pg_class.oid = conrelid
    join pg_attribute on attrelid = conrelid and attnum = conkey[1]
    where contype = 'c' and array_length(conkey, 1) = 1 and connamespace = 'public'::regnamespace
    order by 1`);
  return Object.fromEntries(
    rows.flatMap(({ column, definition, is_required, has_default }) => {
      const list = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.+)\]\)\)\)$/.exec(definition)?.[1];
      const words = list?.match(/'\w+'/g)?.join(' | ');
      if (!words) return [];
      const type = is_required ? words : `${words} | null`;
      return [[column, has_default ? `Generated<${type}>` : type]];
    }),
  );
}
