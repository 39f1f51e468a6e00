import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { watchDatabase } from './database-watch.ts';
import type { Logger } from './logger.ts';
import type { Tables } from './tables.generated.ts';

export type Queryable = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/** PostgreSQL as the modules see it: reads outside a transaction, and the one transaction of an action. */
export type Database = {
  readonly read: Queryable;
  /** For a write that is a single statement: it has committed when its promise resolves. */
  readonly statement: Queryable;
  /** Runs `work` in one transaction; a deadlock or serialization failure runs it again, so it must have no other effects. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs `effect` once the transaction has committed; it is dropped on rollback. For hints, never for what must not be lost. */
  afterCommit(tx: Tx, effect: () => void): void;
  close(): Promise<void>;
};

export type DatabaseOptions = { url: string; poolSize: number; namedStatements: boolean; logger: Logger };

const RETRIES = 3;
const STATEMENT_NAMES = 500;

export function createDatabase({ url, poolSize, namedStatements, logger }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    application_name: 'soyamate',
    statement_timeout: 10_000,
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 10_000,
    types: { getTypeParser },
  });
  let isClosing = false;
  // A connection that dies emits, on the pool while idle and on itself while lent; without a listener it would end the process.
  const noteDeath = (error: Error) => {
    if (!isClosing) logger.warn({ err: error }, 'a database connection failed');
  };
  pool.on('error', noteDeath);
  pool.on('connect', (client) => client.on('error', noteDeath));
  if (namedStatements) nameStatements(pool);
  const stopWatching = watchDatabase(pool, url, logger);

  const read = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const effects = new WeakMap<Tx, (() => void)[]>();

  async function runOnce<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const pending: (() => void)[] = [];
    const result = await read.transaction().execute((tx) => {
      effects.set(tx, pending);
      return work(tx);
    });
    for (const effect of pending) effect();
    return result;
  }

  return {
    read,
    statement: read,
    async transaction(work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await runOnce(work);
        } catch (error) {
          if (attempt >= RETRIES || !isRetryable(error)) throw error;
        }
      }
    },
    afterCommit(tx, effect) {
      const pending = effects.get(tx);
      if (!pending) throw new Error('afterCommit needs the transaction that database.transaction handed out');
      pending.push(effect);
    },
    async close() {
      isClosing = true;
      await stopWatching();
      await read.destroy();
    },
  };
}

/** Whether an error means that PostgreSQL cannot serve now, so that the client should try again later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    UNAVAILABLE_CODES.has(code) ||
    /^(08|53|57P)/.test(code) ||
    /timeout exceeded when trying to connect|Connection terminated|not queryable/.test(error.message)
  );
}

/** Whether an insert or update broke the named unique constraint. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === constraint;
}

/** Whether a statement was stopped for taking longer than its `statement_timeout`. */
export const isStatementTimeout = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '57014';

const UNAVAILABLE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', '57014', '55P03']);

const isRetryable = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01');

const INT8 = 20;
const NUMERIC = 1700;
const TIMESTAMPTZ = 1184;

/** Our integers stay below 2^53 and our numerics are means: both are numbers here. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 || oid === NUMERIC) return Number;
  if (oid === TIMESTAMPTZ && format !== 'binary') return parseTimestamp;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}

/** `2026-11-24 05:28:29.5+00` in UTC is the usual form and read by place; anything else goes the long way. */
function parseTimestamp(text: string): unknown {
  if (text.length < 22 || text.length > 26 || text[4] !== '-' || !text.endsWith('+00')) return parseAnyTimestamp(text);
  const digits = (from: number, to: number) => Number(text.slice(from, to));
  const milliseconds = text[19] === '.' ? Math.round(Number(text.slice(19, -3)) * 1_000) : 0;
  return new Date(
    Date.UTC(
      digits(0, 4),
      digits(5, 7) - 1,
      digits(8, 10),
      digits(11, 13),
      digits(14, 16),
      digits(17, 19),
      milliseconds,
    ),
  );
}

const parseAnyTimestamp = pg.types.getTypeParser(1184, 'text') as (text: string) => unknown;

/**
 * Makes each parameterised statement a named one, which PostgreSQL parses and plans once per connection: half the CPU
 * per query. Kysely never names its statements. The map is bounded; a statement beyond it runs unnamed.
 */
function nameStatements(pool: pg.Pool): void {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known || names.size >= STATEMENT_NAMES) return known;
    const name = `s${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
    return name;
  };
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...input: unknown[]) => unknown;
    const named = (...input: unknown[]) => {
      const [text, values] = input;
      if (typeof text !== 'string' || !Array.isArray(values)) return query(...input);
      const name = nameOf(text);
      return name ? query({ name, text, values }, ...input.slice(2)) : query(...input);
    };
    Object.assign(client, { query: named });
  });
}
