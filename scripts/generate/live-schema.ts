import type pg from 'pg';

export type Schema = { tables: Table[] };

export type Table = {
  name: string;
  columns: Column[];
  /** As PostgreSQL words them, the primary key first; NOT NULL stands at the columns. */
  constraints: { name: string; definition: string }[];
  /** Those that no constraint made. */
  indexes: string[];
  references: Reference[];
};

export type Column = {
  name: string;
  type: string;
  isRequired: boolean;
  /** A default, an identity or a generation clause. */
  filling?: string;
  isKey: boolean;
};

export type Reference = { column: string; table: string; isRequired: boolean };

type ColumnRow = {
  table_name: string;
  name: string;
  type: string;
  is_required: boolean;
  filling: string | null;
  is_key: boolean;
};

/** The tables of the public schema as they are in the database, by name; the list of migrations is left out. */
export async function readSchema(client: pg.Client): Promise<Schema> {
  const columns = await client.query<ColumnRow>(COLUMNS);
  const constraints = await client.query<{ table_name: string; name: string; definition: string }>(CONSTRAINTS);
  const indexes = await client.query<{ table_name: string; definition: string }>(INDEXES);
  const references = await client.query<{ table_name: string; column: string; to: string; is_required: boolean }>(
    REFERENCES,
  );
  const names = [...new Set(columns.rows.map(({ table_name }) => table_name))];
  const isOf = (name: string) => (row: { table_name: string }) => row.table_name === name;
  return {
    tables: names.map((name) => ({
      name,
      columns: columns.rows.filter(isOf(name)).map(presentColumn),
      constraints: constraints.rows.filter(isOf(name)),
      indexes: indexes.rows.filter(isOf(name)).map(({ definition }) => definition.replace(' ON public.', ' ON ')),
      references: references.rows
        .filter(isOf(name))
        .map((row) => ({ column: row.column, table: row.to, isRequired: row.is_required })),
    })),
  };
}

const presentColumn = (row: ColumnRow): Column => ({
  name: row.name,
  type: row.type,
  isRequired: row.is_required,
  ...(row.filling && { filling: row.filling }),
  isKey: row.is_key,
});

const COLUMNS = `
  select relname as table_name, attname as name, format_type(atttypid, atttypmod) as type, attnotnull as is_required,
    case
      when attidentity <> '' then 'generated always as identity'
      when attgenerated <> '' then 'generated always as (' || pg_get_expr(adbin, adrelid) || ') stored'
      else 'default ' || pg_get_expr(adbin, adrelid)
    end as filling,
    exists (
      select from pg_index where indrelid = pg_class.oid and indisprimary and attnum = any(indkey)
    ) as is_key
  from pg_class
  join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
  left join pg_attrdef on adrelid = pg_class.oid and adnum = attnum
  where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
    and relname <> 'migrations'
  order by relname, attnum`;

const CONSTRAINTS = `
  select relname as table_name, conname as name, pg_get_constraintdef(pg_constraint.oid) as definition
  from pg_constraint
  join pg_class on pg_class.oid = conrelid
  where contype <> 'n' and connamespace = 'public'::regnamespace
  order by relname, position(contype in 'pufcx'), conname`;

const INDEXES = `
  select tablename as table_name, indexdef as definition
  from pg_indexes
  where schemaname = 'public'
    and not exists (select from pg_constraint where conindid = (quote_ident(indexname))::regclass)
  order by tablename, indexname`;

const REFERENCES = `
  select conrelid::regclass::text as table_name, confrelid::regclass::text as to,
    string_agg(attname, ', ' order by attnum) as column, bool_and(attnotnull) as is_required
  from pg_constraint
  join pg_attribute on attrelid = conrelid and attnum = any(conkey)
  where contype = 'f' and connamespace = 'public'::regnamespace
  group by pg_constraint.oid, conrelid, confrelid
  order by (conrelid::regclass::text) collate "C", min(attnum)`;
