import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
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

test('a PostgreSQL that froze before the watch has a connection of its own is found hung, too', async () => {
  const cable = await layCable(url);
  const pool = new pg.Pool({ connectionString: cable.url });
  (await pool.connect()).release();
  cable.cut();
  const unwatch = watchDatabase(pool, cable.url, createLogger('silent'));
  onTestFinished(async () => {
    await unwatch();
    await pool.end();
    cable.close();
  });
  const client = await pool.connect();
  client.on('error', () => undefined);
  await expect(client.query('select')).rejects.toThrow('Connection terminated');
  client.release(true);
}, 10_000);

/** A way to PostgreSQL that takes connections ever, and after the cut carries nothing. */
async function layCable(to: string) {
  const { host, port, user = '', password, database } = new pg.Client(to);
  const path = host.startsWith('/') ? join(host, `.s.PGSQL.${port}`) : undefined;
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return;
    const far = path ? connect(path) : connect(port, host);
    near.on('data', (bytes) => isCut || far.write(bytes));
    far.on('data', (bytes) => isCut || near.write(bytes));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    for (const end of [near, far]) end.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: nearPort } = server.address() as AddressInfo;
  const nearUrl = `postgres://${user}:${encodeURIComponent(String(password))}@127.0.0.1:${nearPort}/${database}`;
  return { url: nearUrl, cut: () => void (isCut = true), close: () => server.close() };
}

async function untilWatched(pool: pg.Pool): Promise<void> {
  const text = `select from pg_stat_activity where application_name = 'soyamate-watch' and state = 'idle'`;
  while ((await pool.query(text)).rowCount === 0);
}

const standStill = (milliseconds: number) =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
