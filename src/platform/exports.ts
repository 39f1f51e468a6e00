import type { Readable } from 'node:stream';
import { type Selectable, sql } from 'kysely';
import type { Queryable } from './database.ts';
import type { Tables } from './tables.generated.ts';

/** One file of the archive that a person gets of everything held about them: a JSON list, or bytes as they are stored. */
export type ExportFile =
  | { readonly path: string; readonly rows: AsyncIterable<object> }
  | { readonly path: string; readonly open: () => Promise<Readable | undefined> };

/** What one module holds about an account. Reads page by page: a person may have written a million messages. */
export type Exporter = (accountId: string) => AsyncIterable<ExportFile>;

type Column<T extends keyof Tables> = keyof Tables[T] & string;

const PAGE = 500;

/**
 * The rows of a table in the order of `key`, which must be unique among them, with their columns under the names of the
 * API. A column added later is in the export, too, unless `without` names it: secrets and what only the machinery needs.
 * `mask` says otherwise what the doors hide from this person, and nothing of rows that they are not to know of.
 */
export async function* exportRows<T extends keyof Tables>(
  db: Queryable,
  table: T,
  {
    where,
    key,
    without = [],
    mask = (row) => row,
  }: {
    where: Partial<Record<Column<T>, string>>;
    key: readonly Column<T>[];
    without?: readonly Column<T>[];
    mask?: (row: Selectable<Tables[T]>) => object | undefined;
  },
): AsyncGenerator<object> {
  const conditions = Object.entries<string | undefined>(where).map(
    ([column, value]) => sql`${sql.ref(column)} = ${value}`,
  );
  const keys = sql.join(key.map((column) => sql.ref(column)));
  let after: Record<string, unknown> | undefined;
  do {
    const last = after;
    const isLater = last && sql`(${keys}) > (${sql.join(key.map((column) => last[column]))})`;
    const { rows } = await sql<Selectable<Tables[T]> & Record<string, unknown>>`
      select * from ${sql.table(table)}
      where ${sql.join([...conditions, ...(isLater ? [isLater] : [])], sql` and `)}
      order by ${keys} limit ${PAGE}`.execute(db);
    for (const row of rows) {
      const masked = mask(row);
      if (masked) yield presentRow(masked, without);
    }
    after = rows.length < PAGE ? undefined : rows.at(-1);
  } while (after);
}

/** Under the names of the API; what is absent is left out. */
export const presentRow = (row: object, without: readonly string[] = []): object =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([column, value]) => value !== null && !without.includes(column))
      .map(([column, value]) => [column.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()), value]),
  );
