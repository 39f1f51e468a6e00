import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { watchDatabase } from '#platform/database-watch.ts';
import { createLogger } from '#platform/logger.ts';
import { startDatabase } from '../helpers/database.ts';

const { url } = await startDatabase();

test('a process that stood still itself does not take PostgreSQL for hung', async () => {
  let log = '';
  const logger = createLogger('info', { write: (line) => void (log += line) });
  const pool = new pg.Pool({ connectionString: url });
  const unwatch = watchDatabase(pool, url, logger);
  onTestFinished(async () => {
    await unwatch();
    await pool.end();
  });
  const client = await pool.connect();
  await untilWatched(pool);
  const slow = client.query('select pg_sleep(11)');
  // After the first the next probe is due and sent; the second keeps its answer waiting.
  for (let second = 0; second < 4; second += 1) {
    await nextTurn();
    standStill(2_700);
  }
  await expect(slow).resolves.toMatchObject({ rowCount: 1 });
  client.release();
  expect(log).toBe('');
}, 30_000);

async function untilWatched(pool: pg.Pool): Promise<void> {
  const text = `select from pg_stat_activity where application_name = 'soyamate-watch' and state = 'idle'`;
  while ((await pool.query(text)).rowCount === 0);
}

const standStill = (milliseconds: number) =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
