import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Tx } from '#platform/database.ts';
import { once } from '#platform/idempotency.ts';
import { startDatabase } from '../helpers/database.ts';

const { db } = await startDatabase();
const asAlice = { scope: 'openParty:alice', key: 'k1', request: { title: 'Go' } };

beforeAll(() => sql`create table effects (effect_id integer generated always as identity)`.execute(db.statement));
beforeEach(() => sql`truncate effects, idempotency_keys`.execute(db.statement));

test('fifty at once have one effect and one answer', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => run(asAlice)));
  expect(new Set(answers.map(({ effectId }) => effectId)).size).toBe(1);
  expect(await countEffects()).toBe(1);
});

test('another key, another person and no key are other requests', async () => {
  await run(asAlice);
  await run({ ...asAlice, key: 'k2' });
  await run({ ...asAlice, scope: 'openParty:bob' });
  await run({ ...asAlice, key: undefined });
  await run({ ...asAlice, key: undefined });
  expect(await countEffects()).toBe(5);
});

test('a key used for another request is refused', async () => {
  await run(asAlice);
  await expect(run({ ...asAlice, request: { title: 'No' } })).rejects.toMatchObject({
    definition: { code: 'idempotency_key_reused', status: 422 },
  });
  expect(await countEffects()).toBe(1);
});

test('a failure leaves neither effect nor key, so a repeat works', async () => {
  const failing = run(asAlice, () => {
    throw new Error('planted');
  });
  await expect(failing).rejects.toThrow('planted');
  expect(await countEffects()).toBe(0);
  await run(asAlice);
  expect(await countEffects()).toBe(1);
});

test('a connection that breaks between effect and answer leaves neither', async () => {
  const broken = run(asAlice, (tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx));
  await expect(broken).rejects.toThrow();
  expect(await countEffects()).toBe(0);
  const { effectId } = await run(asAlice);
  expect((await run(asAlice)).effectId).toBe(effectId);
  expect(await countEffects()).toBe(1);
});

test('a first request that fails late lets the one that waits for it through', async () => {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const first = run(asAlice, async () => {
    reached.resolve();
    await gate.promise;
    throw new Error('planted');
  });
  await reached.promise;
  const second = run(asAlice);
  gate.resolve();
  await expect(first).rejects.toThrow('planted');
  expect((await second).effectId).toBeGreaterThan(0);
  expect(await countEffects()).toBe(1);
});

const run = (
  request: { scope: string; key: string | undefined; request: unknown },
  afterEffect: (tx: Tx) => unknown = () => {},
): Promise<{ effectId: number }> =>
  db.transaction((tx) =>
    once(tx, request, async () => {
      const { rows } = await sql<{ effect_id: number }>`insert into effects default values returning effect_id`.execute(
        tx,
      );
      await afterEffect(tx);
      return { effectId: rows[0]?.effect_id ?? 0 };
    }),
  );

async function countEffects(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from effects`.execute(db.read);
  return rows[0]?.count ?? -1;
}
