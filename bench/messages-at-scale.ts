/**
 * What a page of history, a send and a catch-up cost when the table of messages is large:
 *
 *     node bench/messages-at-scale.ts [millions]      default 10; about five minutes
 *
 * One process, one connection, the very statements of the messenger. The table is filled without the index of words,
 * which takes longer to build than all the rest; the sends are measured with it switched on for an empty table and
 * without it, so that its share is known. Results go to bench/results/messages-at-scale.md.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabase } from '#platform/database.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createLogger } from '#platform/logger.ts';
import { migrate } from '#platform/migrations.ts';
import { findChangedMessages } from '../src/modules/messenger/queries/changes.ts';
import { findMessagesBefore, insertMessages, type NewMessage } from '../src/modules/messenger/queries/messages.ts';
import type { Viewer } from '../src/modules/messenger/tables.ts';
import { percentile } from './messenger/percentile.ts';

const MILLIONS = Number(process.argv[2] ?? 10);
const CHATS = 20_000;
const PER_CHAT = (MILLIONS * 1_000_000) / CHATS;
const ROUNDS = 500;

type Row = { what: string; times: number[] };

const dataDir = mkdtempSync(join(tmpdir(), 'soyamate-scale-'));
const postgres = await startEmbeddedPostgres({
  dataDir,
  settings: { max_wal_size: '4GB', maintenance_work_mem: '1GB', wal_level: 'minimal', max_wal_senders: '0' },
  log: () => undefined,
});
const logger = createLogger('warn');
await migrate(postgres.url, logger);
const db = createDatabase({ url: postgres.url, poolSize: 4, namedStatements: true, logger });
const client = new pg.Client({ connectionString: postgres.url, statement_timeout: 0 });
await client.connect();
try {
  const people = await makeChats();
  const rows: Row[] = [await measureSends('send, empty table, with the index of words', people)];
  await client.query('drop index messages_words');
  rows.push(await measureSends('send, empty table', people));
  const fillSeconds = await fill();
  const sizes = await readSizes();
  rows.push(
    await measure('newest page of 50, any chat', (i) =>
      findMessagesBefore(db.read, viewerOf(people, i), 2 ** 31 - 1, 50),
    ),
    await measure('page of 50 in the middle, any chat', (i) =>
      findMessagesBefore(db.read, viewerOf(people, i), Math.floor(PER_CHAT / 2), 50),
    ),
    await measure('50 changes of one chat', (i) => {
      const { chat_id: chatId, account_id: accountId } = viewerOf(people, i);
      return findChangedMessages(db.read, accountId, [{ chatId, since: PER_CHAT - 50, upTo: PER_CHAT }], 50);
    }),
    await measureSends('send', people),
    await measure('64 sends of 64 chats in one commit', () => insertMessages(db.statement, makeBatch(people, 64)), 100),
  );
  report(rows, sizes, fillSeconds);
} finally {
  await client.end();
  await db.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

type People = { chatId: string; accountId: string }[];

async function makeChats(): Promise<People> {
  await client.query(`
    insert into accounts (account_id, username, username_key, role, age_band, locale, accepted_terms, created_at, last_active_at)
    select gen_random_uuid(), 'p' || n, 'p' || n, 'user', '18_plus', 'en', '2026-11-01', now(), now()
    from generate_series(1, 2000) as n`);
  await client.query(`
    insert into chats (chat_id, kind, created_at, last_activity_at)
    select gen_random_uuid(), 'group', now(), now() from generate_series(1, ${CHATS})`);
  await client.query(`
    insert into chat_members (chat_id, account_id, joined_at)
    select chat_id, account_id, now()
    from (select chat_id, row_number() over () as n from chats) as c
    join (select account_id, row_number() over () as n from accounts) as a on a.n in (c.n % 2000 + 1, (c.n + 1) % 2000 + 1)`);
  await client.query(
    'create temporary table authors as select distinct on (chat_id) chat_id, account_id from chat_members',
  );
  const { rows } = await client.query<{ chatId: string; accountId: string }>(
    'select chat_id as "chatId", account_id as "accountId" from authors',
  );
  return rows.toSorted((one, other) => (one.accountId < other.accountId ? -1 : 1));
}

/** In one transaction that begins with `truncate`, so that nothing of it goes through the log; keys are checked at the end. */
async function fill(): Promise<number> {
  const startedAt = performance.now();
  await client.query('begin');
  await client.query('truncate messages cascade');
  await client.query('alter table messages drop constraint messages_pkey cascade');
  await client.query(
    'alter table messages drop constraint messages_chat_id_fkey, drop constraint messages_author_id_fkey',
  );
  await client.query('drop index messages_rev, messages_client_id, messages_pinned');
  for (let from = 1; from <= PER_CHAT; from += 50) {
    await client.query(
      `insert into messages (chat_id, seq, rev, created_rev, author_id, client_id, text, created_at)
       select chat_id, n, n, n, account_id, gen_random_uuid(),
         'Го в доту вечером? Нужен саппорт, часов в восемь, на два-три катки. ' || n, now()
       from generate_series($1::integer, $2::integer) as n cross join authors`,
      [from, Math.min(PER_CHAT, from + 49)],
    );
  }
  await client.query('alter table messages add primary key (chat_id, seq)');
  await client.query('create unique index messages_rev on messages (chat_id, rev)');
  await client.query('create unique index messages_client_id on messages (chat_id, author_id, client_id)');
  await client.query('alter table messages add foreign key (chat_id) references chats on delete cascade');
  await client.query('alter table messages add foreign key (author_id) references accounts');
  await client.query('update chats set last_seq = $1, last_rev = $1', [PER_CHAT]);
  await client.query('commit');
  await client.query('vacuum analyze messages, chats');
  return (performance.now() - startedAt) / 1_000;
}

async function readSizes(): Promise<string> {
  const { rows } = await client.query<{ what: string; size: string }>(`
    select 'rows' as what, pg_size_pretty(pg_table_size('messages')) as size
    union all select indexrelid::regclass::text, pg_size_pretty(pg_relation_size(indexrelid))
    from pg_index where indrelid = 'messages'::regclass`);
  return rows.map(({ what, size }) => `${what} ${size}`).join(', ');
}

/** Another chat each time, by a stride that is prime to their number, so that little is in the cache by design. */
function pick(people: People, i: number) {
  const one = people[(i * 7_919) % people.length];
  if (!one) throw new Error('there are no chats');
  return one;
}

function viewerOf(people: People, i: number): Viewer {
  const { chatId, accountId } = pick(people, i);
  return { chat_id: chatId, account_id: accountId, cleared_seq: 0, visible_from_seq: 1 };
}

function makeBatch(people: People, count: number, from = Math.floor(Math.random() * CHATS)): NewMessage[] {
  return Array.from({ length: count }, (_, i) => {
    const { chatId, accountId } = pick(people, from + i);
    return { chatId, authorId: accountId, clientId: randomUUID(), text: 'Го в доту вечером?', now: new Date() };
  });
}

function measureSends(what: string, people: People): Promise<Row> {
  return measure(what, (i) => insertMessages(db.statement, makeBatch(people, 1, i)));
}

async function measure(what: string, work: (i: number) => Promise<unknown[]>, rounds = ROUNDS): Promise<Row> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const startedAt = performance.now();
    const found = await work(i);
    times.push(performance.now() - startedAt);
    if (found.length === 0) throw new Error(`${what}: nothing came`);
  }
  const row = { what, times };
  console.log(presentRow(row));
  return row;
}

function presentRow({ what, times }: Row): string {
  return `| ${what} | ${percentile(times, 50)} | ${percentile(times, 95)} | ${percentile(times, 99)} |`;
}

function report(rows: readonly Row[], sizes: string, fillSeconds: number): void {
  const text = [
    `# Messages at scale`,
    '',
    `Written by \`node bench/messages-at-scale.ts ${MILLIONS}\` on ${new Date().toISOString().slice(0, 10)}: ${MILLIONS} million rows in ` +
      `${CHATS.toLocaleString('en')} chats, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, embedded PostgreSQL 18 with fsync and ` +
      `128 MB of shared buffers, one connection, load average ${loadavg()[0]?.toFixed(1) ?? ''}. Filled in ${Math.round(fillSeconds)} s. ` +
      `Sizes: ${sizes}.`,
    '',
    '| statement | p50, ms | p95, ms | p99, ms |',
    '| --- | --- | --- | --- |',
    ...rows.map(presentRow),
    '',
  ].join('\n');
  mkdirSync('bench/results', { recursive: true });
  writeFileSync('bench/results/messages-at-scale.md', text);
}
