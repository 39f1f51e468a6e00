import { Type } from 'typebox';
import { afterEach, expect, inject, test } from 'vitest';
import { createDatabase } from '#platform/database.ts';
import { createIds } from '#platform/ids.ts';
import { createJobs, defineJob, type Jobs, jobHandler } from '#platform/jobs.ts';
import { createLogger } from '#platform/logger.ts';
import { createFrozenClock } from '../helpers/clock.ts';
import { cloneDatabase, dropDatabase } from '../helpers/postgres.ts';

const greet = defineJob('test.greet', Type.Object({ name: Type.String() }), 60);
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function open() {
  const url = await cloneDatabase(inject('templateUrl'), `jobs_${crypto.randomUUID().replaceAll('-', '')}`);
  const logger = createLogger('silent');
  const db = createDatabase({ url, poolSize: 8, namedStatements: true, logger });
  const clock = createFrozenClock();
  ends.push(async () => {
    await db.close();
    await dropDatabase(url);
  });
  const startNode = (handle: (name: string) => Promise<void>): Jobs => {
    const jobs = createJobs({ db, clock, ids: createIds(clock), logger });
    jobs.start([jobHandler(greet, ({ name }) => handle(name))]);
    ends.push(() => jobs.stop());
    return jobs;
  };
  const rows = () => db.read.selectFrom('jobs').selectAll().execute();
  return { db, clock, startNode, rows };
}

test('a job runs after its transaction and is gone afterwards, payload and all', async () => {
  const { db, startNode, rows } = await open();
  const greeted: string[] = [];
  const jobs = startNode(async (name) => void greeted.push(name));
  await db.transaction((tx) => jobs.enqueue(tx, greet, { name: 'alice' }));
  await jobs.settle();
  expect(greeted).toEqual(['alice']);
  expect(await rows()).toEqual([]);
});

test('a job of a transaction that failed never was', async () => {
  const { db, startNode, rows } = await open();
  const jobs = startNode(async () => {});
  const failing = db.transaction(async (tx) => {
    await jobs.enqueue(tx, greet, { name: 'alice' });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await rows()).toEqual([]);
});

test('a failed job is tried again, ever later, and is a dead letter in the end', async () => {
  const { db, clock, startNode, rows } = await open();
  let tries = 0;
  const jobs = startNode(async () => {
    tries += 1;
    throw new Error('the server is down');
  });
  await db.transaction((tx) => jobs.enqueue(tx, greet, { name: 'alice' }));
  await jobs.settle();
  expect(tries).toBe(1);
  clock.advance(4);
  await jobs.settle();
  expect(tries).toBe(1);
  clock.advance(1);
  await jobs.settle();
  expect(tries).toBe(2);
  for (let i = 0; i < 20; i += 1) {
    clock.advance(3_600);
    await jobs.settle();
  }
  expect(tries).toBe(14);
  expect(await rows()).toMatchObject([
    { tries: 14, last_error: 'Error: the server is down', failed_at: expect.any(Date) },
  ]);
});

test('a job of a node that died is taken up when its lease ends', async () => {
  const { db, clock, startNode } = await open();
  const greeted: string[] = [];
  const jobs = startNode(async (name) => void greeted.push(name));
  // As a killed node leaves it: taken, never finished.
  const now = clock.now();
  const row = { job_id: createIds(clock).next(), kind: 'test.greet', payload: '{"name":"alice"}', created_at: now };
  await db.statement
    .insertInto('jobs')
    .values({ ...row, run_at: new Date(now.getTime() + 60_000), tries: 1 })
    .execute();
  await jobs.settle();
  expect(greeted).toEqual([]);
  clock.advance(60);
  await jobs.settle();
  expect(greeted).toEqual(['alice']);
});

test('two nodes share the work and do none of it twice', async () => {
  const { db, startNode } = await open();
  const greeted: string[] = [];
  const handle = async (name: string) => void greeted.push(name);
  const [one, other] = [startNode(handle), startNode(handle)];
  const names = Array.from({ length: 100 }, (_, i) => `player ${i}`);
  await db.transaction(async (tx) => {
    for (const name of names) await one.enqueue(tx, greet, { name });
  });
  await Promise.all([one.settle(), other.settle()]);
  await one.settle();
  expect(greeted.toSorted()).toEqual(names.toSorted());
});

test('long work runs one at a time and holds up nothing else', async () => {
  const { db, clock } = await open();
  const pack = defineJob('test.pack', Type.Object({}), 900);
  const jobs = createJobs({ db, clock, ids: createIds(clock), logger: createLogger('silent') });
  const gate = Promise.withResolvers<void>();
  const greeted = Promise.withResolvers<void>();
  const packing = Promise.withResolvers<void>();
  let packed = 0;
  jobs.start([
    jobHandler(greet, async () => greeted.resolve()),
    jobHandler(pack, async () => {
      packed += 1;
      packing.resolve();
      await gate.promise;
    }),
  ]);
  ends.push(() => jobs.stop());
  await db.transaction(async (tx) => {
    for (let i = 0; i < 8; i += 1) await jobs.enqueue(tx, pack, {});
  });
  await packing.promise;
  await db.transaction((tx) => jobs.enqueue(tx, greet, { name: 'alice' }));
  await greeted.promise;
  expect(packed).toBe(1);
  gate.resolve();
  await jobs.settle();
  expect(packed).toBe(8);
});
