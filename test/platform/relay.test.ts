import { readFileSync } from 'node:fs';
import { type KyselyPlugin, sql } from 'kysely';
import pg from 'pg';
import { Type } from 'typebox';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { defineEvent, type Happening, type Listener, listener } from '#platform/events.ts';
import { createNodeConsumer } from '#platform/relay/node-consumer.ts';
import { createRelay } from '#platform/relay.ts';
import { startDatabase } from '../helpers/database.ts';

const { db, logger, logLines, url } = await startDatabase();
const knocked = defineEvent('test.knocked', Type.Object({ name: Type.String() }));
const answered = defineEvent('test.answered', Type.Object({ name: Type.String() }));

beforeAll(() => sql`create table effects (name text not null)`.execute(db.statement));
beforeEach(() => sql`truncate effects, outbox_events, outbox_cursors, outbox_dead_letters`.execute(db.statement));

test('what was announced reaches the listener after the commit, and what was rolled back does not', async () => {
  const { relay, names } = await listen();
  await knock(relay, 'alice');
  await db
    .transaction(async (tx) => {
      await relay.announce(tx, knocked, { name: 'mallory' });
      throw new Error('planted');
    })
    .catch(() => {});
  await knock(relay, 'bob');
  await relay.settle();
  expect(names).toEqual(['alice', 'bob']);
});

test('a slow transaction is waited for: nothing behind it is skipped, and the order is that of transactions', async () => {
  const { relay, names } = await listen();
  const slow = openTransaction(relay, 'slow');
  await slow.hasAnnounced;
  await knock(relay, 'fast');
  await knock(relay, 'faster');
  expect(await relay.lag()).toEqual({ 'test.listener': 2 });
  expect(names).toEqual([]);
  const settled = relay.settle();
  await slow.commit();
  await settled;
  expect(names).toEqual(['slow', 'fast', 'faster']);
  expect(await relay.lag()).toEqual({ 'test.listener': 0 });
});

test('settle waits for an event hidden behind a transaction that is rolled back', async () => {
  const { relay, names } = await listen();
  const slow = openTransaction(relay, 'slow');
  await slow.hasAnnounced;
  await knock(relay, 'fast');
  const settled = relay.settle();
  await slow.rollBack();
  await settled;
  expect(names).toEqual(['fast']);
});

test('what a transaction hid is not taken for handled when that transaction ends between two questions', async () => {
  const { relay } = await listen();
  const slow = openTransaction(relay, 'slow');
  await slow.hasAnnounced;
  const from = await relay.position();
  await knock(relay, 'fast');
  const answers: unknown[] = [];
  const afterEvents: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      // First where the log is complete, then the events up to there.
      if (answers.push(result.rows) === 2) await slow.rollBack();
      return result;
    },
  };
  const names: string[] = [];
  const consumer = createNodeConsumer(
    { ...db, read: db.read.withPlugin(afterEvents) },
    { name: 'copy', on: [knocked], from, handle: async ({ payload }) => void names.push(nameOf(payload)) },
    { handled: 0 },
  );
  expect(await consumer.drain()).toBe('blocked');
  expect(answers[1]).toEqual([]);
  while ((await consumer.drain()) !== 'idle');
  expect(names).toEqual(['fast']);
});

test('of 300 transactions that commit and roll back in any order each commit is handled once, in order', async () => {
  const { relay, names, seen } = await listen();
  const work = Array.from({ length: 300 }, (_, index) =>
    db
      .transaction(async (tx) => {
        await relay.announce(tx, knocked, { name: `${index}a` });
        await sql`select pg_sleep(${(index % 7) / 1_000})`.execute(tx);
        await relay.announce(tx, knocked, { name: `${index}b` });
        if (index % 10 === 0) throw new Error('planted');
      })
      .catch((error: Error) => expect(error.message).toBe('planted')),
  );
  await Promise.all(work);
  await relay.settle();
  const { rows } = await sql<{ event_id: number }>`
    select event_id from outbox_events order by transaction_id, event_id`.execute(db.read);
  expect(names).toHaveLength(540);
  expect(seen.map(({ eventId }) => eventId)).toEqual(rows.map(({ event_id }) => event_id));
});

test('a handler that fails sees the event again, and its effect happens once', async () => {
  let failures = 0;
  const { relay } = await listen(async ({ payload: { name } }, tx) => {
    await sql`insert into effects values (${name})`.execute(tx);
    if (name === 'bob' && failures < 2) {
      failures += 1;
      relay.wake();
      throw new Error('planted');
    }
  });
  for (const name of ['alice', 'bob', 'carol']) await knock(relay, name);
  await relay.settle();
  expect(failures).toBe(2);
  expect(await findEffects()).toEqual(['alice', 'bob', 'carol']);
});

test('an event that always fails moves to the dead letters, and the line goes on', async () => {
  let failures = 0;
  const { relay } = await listen(async ({ payload: { name } }, tx) => {
    if (name === 'bob') {
      failures += 1;
      relay.wake();
      throw new Error(`planted ${failures}`);
    }
    await sql`insert into effects values (${name})`.execute(tx);
  });
  for (const name of ['alice', 'bob', 'carol']) await knock(relay, name);
  await relay.settle();
  expect(await findEffects()).toEqual(['alice', 'carol']);
  const { rows } = await sql`select consumer, type, payload, error from outbox_dead_letters`.execute(db.read);
  expect(rows).toEqual([
    {
      consumer: 'test.listener',
      type: 'test.knocked',
      payload: { name: 'bob' },
      error: expect.stringMatching(/planted/),
    },
  ]);
  expect(failures).toBeGreaterThan(10);
  expect(logLines.some((line) => line.includes('dead letters'))).toBe(true);
});

test('a listener that fails holds up no other', async () => {
  const relay = openRelay();
  const names: string[] = [];
  const failed = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  await relay.start([
    listener('test.failing', knocked, async () => {
      failed.resolve();
      throw new Error('planted');
    }),
    listener('test.working', knocked, async ({ payload }) => {
      names.push(payload.name);
      if (names.length === 2) done.resolve();
    }),
  ]);
  await knock(relay, 'alice');
  await knock(relay, 'bob');
  await Promise.all([failed.promise, done.promise]);
  expect(names).toEqual(['alice', 'bob']);
});

test('of two nodes one handles each event, and a copy on each follows all', async () => {
  const handled: string[] = [];
  const copies = [new Array<string>(), new Array<string>()];
  const nodes = [openRelay(), openRelay()];
  for (const [index, relay] of nodes.entries()) {
    await relay.start([listener('test.shared', knocked, async ({ payload }) => void handled.push(payload.name))]);
    relay.follow({
      name: `copy${index}`,
      on: [knocked],
      from: await relay.position(),
      handle: async ({ payload }) => void copies[index]?.push((payload as { name: string }).name),
    });
  }
  const wanted = Array.from({ length: 40 }, (_, index) => `n${index}`);
  for (const [index, name] of wanted.entries()) await knock(nodes[index % 2] ?? openRelay(), name);
  await Promise.all(nodes.map((relay) => relay.settle()));
  // A node that finds the other at work has nothing to wait for; the work is done when both have settled again.
  await Promise.all(nodes.map((relay) => relay.settle()));
  expect(handled).toEqual(wanted);
  expect(copies).toEqual([wanted, wanted]);
});

test('a follower misses nothing after its position', async () => {
  const relay = openRelay();
  await knock(relay, 'before');
  const names: string[] = [];
  const from = await relay.position();
  await knock(relay, 'between');
  relay.follow({ name: 'copy', on: [knocked], from, handle: async ({ payload }) => void names.push(nameOf(payload)) });
  await knock(relay, 'after');
  await relay.settle();
  // A transaction of any database of the cluster that was running then lets it hear what came before once more.
  expect(names.filter((name) => name !== 'before')).toEqual(['between', 'after']);
});

test('settle goes on until what listeners announce in their turn is handled', async () => {
  const relay = openRelay();
  const names: string[] = [];
  await relay.start([
    listener('test.door', knocked, ({ payload }, tx) => relay.announce(tx, answered, payload)),
    listener('test.guest', answered, async ({ payload }) => void names.push(payload.name)),
  ]);
  await knock(relay, 'alice');
  await relay.settle();
  expect(names).toEqual(['alice']);
});

test('after a stop the next start goes on where it was', async () => {
  const first = await listen();
  await knock(first.relay, 'alice');
  await first.relay.settle();
  await first.relay.stop();
  await knock(first.relay, 'bob');
  const second = await listen();
  await second.relay.settle();
  expect([first.names, second.names]).toEqual([['alice'], ['bob']]);
});

test('a listener of rare events leaves the common ones behind, so that they can be removed, and misses nothing', async () => {
  const relay = openRelay();
  const names: string[] = [];
  await relay.start([listener('test.rare', answered, async ({ payload }) => void names.push(payload.name))]);
  await knock(relay, 'common');
  // Each block is a transaction within the transaction, with a number of its own.
  await sql`do $$ begin
    for i in 1..1100 loop
      begin insert into effects values ('x'); exception when others then raise; end;
    end loop;
  end $$`.execute(db.statement);
  const findAhead = async () => {
    await relay.settle();
    const { rows } = await sql`
      select consumer from outbox_cursors, outbox_events
      where outbox_cursors.transaction_id > outbox_events.transaction_id`.execute(db.read);
    return rows;
  };
  // A transaction that runs in any database of the cluster, as of another test, holds it back for a moment.
  await expect.poll(findAhead, { timeout: 15_000 }).toEqual([{ consumer: 'test.rare' }]);
  await db.transaction((tx) => relay.announce(tx, answered, { name: 'rare' }));
  await relay.settle();
  expect(names).toEqual(['rare']);
});

type Relay = ReturnType<typeof createRelay>;

function openRelay(): Relay {
  const relay = createRelay(db, logger);
  onTestFinished(() => relay.stop());
  return relay;
}

test('a dump restored where transactions are counted from the beginning: after the script nothing is missed', async () => {
  const { relay } = await listen();
  await knock(relay, 'heard');
  await relay.settle();
  await relay.stop();
  await knock(relay, 'waiting');
  const ahead = sql`transaction_id = (transaction_id::text::bigint + 1000000000)::text::xid8`;
  await sql`update outbox_events set ${ahead}`.execute(db.statement);
  await sql`update outbox_cursors set ${ahead}`.execute(db.statement);

  const client = new pg.Client(url);
  await client.connect();
  await client.query(readFileSync('scripts/after-restore.sql', 'utf8'));
  await client.end();

  const restored = await listen();
  await knock(restored.relay, 'new');
  await restored.relay.settle();
  expect(restored.names).toEqual(['waiting', 'new']);
});

async function listen(
  handle: (
    happening: Happening<typeof knocked.payload>,
    tx: Parameters<Listener['handle']>[1],
  ) => Promise<void> = async () => {},
) {
  const relay = openRelay();
  const seen: Happening<typeof knocked.payload>[] = [];
  const names: string[] = [];
  await relay.start([
    listener('test.listener', knocked, async (happening, tx) => {
      await handle(happening, tx);
      seen.push(happening);
      names.push(happening.payload.name);
    }),
  ]);
  return { relay, seen, names };
}

const knock = (relay: Relay, name: string) => db.transaction((tx) => relay.announce(tx, knocked, { name }));

/** A transaction that has announced and stays open until it is told how to end. */
function openTransaction(relay: Relay, name: string) {
  const announced = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const ended = db.transaction(async (tx) => {
    await relay.announce(tx, knocked, { name });
    announced.resolve();
    await gate.promise;
  });
  return {
    hasAnnounced: announced.promise,
    async commit() {
      gate.resolve();
      await ended;
    },
    async rollBack() {
      gate.reject(new Error('planted'));
      await expect(ended).rejects.toThrow('planted');
    },
  };
}

const nameOf = (payload: unknown): string => (payload as { name: string }).name;

async function findEffects(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from effects order by name`.execute(db.read);
  return rows.map(({ name }) => name);
}
