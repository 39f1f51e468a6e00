import { Readable } from 'node:stream';
import { strFromU8, unzipSync } from 'fflate';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { packArchive } from '../../src/modules/accounts/exports/pack-archive.ts';
import { startApp } from '../helpers/app.ts';

const { url, clock, settle, signUp, db, nobody } = await startApp();

test('the link is for ten minutes, for one archive, and cannot be made by others', async () => {
  const alice = await signUp('alice');
  const bob = await signUp('bob');
  for (const person of [alice, bob]) await person.call('requestExport');
  await settle();
  const link = String((await alice.call('getExport')).body.url);
  const [bobs = ''] = /[\w-]{36}/.exec(String((await bob.call('getExport')).body.url)) ?? [];
  const later = Math.floor(clock.now().getTime() / 1_000) + 9_999;
  for (const forged of [
    link.replace(/expires=\d+/, `expires=${later}`),
    link.replace(/signature=./, (start) => `signature=${start.endsWith('A') ? 'B' : 'A'}`),
    link.replace(/exports\/[\w-]{36}/, `exports/${bobs}`),
    link.replace(/signature=.*/, 'signature=x'),
  ])
    expect([forged, (await nobody.raw(forged)).status]).toEqual([forged, 404]);
  const response = await fetch(`${url}${link}`);
  expect(response.headers.get('content-disposition')).toContain('attachment');
  expect(Object.keys(unzipSync(new Uint8Array(await response.arrayBuffer())))).toContain('accounts/account.json');
  clock.advance(600);
  expect((await nobody.raw(link)).status).toBe(404);
});

test('rows beyond one page are all there, in order and once', async () => {
  const carol = await signUp('carol');
  await sql`
    insert into sessions (session_id, account_id, refresh_token_hash, created_at, last_used_at, expires_at, ended_at)
    select gen_random_uuid(), ${carol.userId}, sha256(n::text::bytea), now(), now(), now(), now()
    from generate_series(1, 1200) as n`.execute(db.statement);
  await carol.call('requestExport');
  await settle();
  const { body } = await carol.call('getExport');
  const response = await fetch(`${url}${String(body.url)}`);
  const file = unzipSync(new Uint8Array(await response.arrayBuffer()))['accounts/sessions.json'];
  const sessions = JSON.parse(strFromU8(file ?? new Uint8Array())) as { sessionId: string }[];
  const ids = sessions.map(({ sessionId }) => sessionId);
  expect(ids).toHaveLength(1_201);
  expect(new Set(ids).size).toBe(1_201);
});

test('an archive comes in parts of the wanted size, and whole when they are put together', async () => {
  async function* rows() {
    for (let n = 0; n < 5_000; n += 1) yield { n, noise: Math.sin(n) };
  }
  const picture = new Uint8Array(3_000).fill(7);
  async function* files() {
    yield { path: 'a/rows.json', rows: rows() };
    yield { path: 'a/none.json', rows: (async function* none() {})() };
    yield { path: 'b/picture.webp', open: async () => Readable.from([picture], { objectMode: false }) };
    yield { path: 'b/gone.webp', open: async () => undefined };
  }
  const parts: Buffer[] = [];
  for await (const part of packArchive(files(), 10_000)) parts.push(part);
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.slice(0, -1).every(({ length }) => length === 10_000)).toBe(true);
  const unpacked = unzipSync(new Uint8Array(Buffer.concat(parts)));
  expect(Object.keys(unpacked)).toEqual(['a/rows.json', 'a/none.json', 'b/picture.webp']);
  expect(JSON.parse(strFromU8(unpacked['a/rows.json'] ?? new Uint8Array()))).toHaveLength(5_000);
  expect(JSON.parse(strFromU8(unpacked['a/none.json'] ?? new Uint8Array()))).toEqual([]);
  expect(unpacked['b/picture.webp']).toEqual(picture);
});

test('what fails while it is read fails the archive', async () => {
  async function* broken() {
    yield { n: 1 };
    throw new Error('the database is gone');
  }
  async function* files() {
    yield { path: 'rows.json', rows: broken() };
  }
  const pack = async () => {
    for await (const part of packArchive(files(), 100)) expect(part.length).toBeLessThanOrEqual(100);
  };
  await expect(pack()).rejects.toThrow('the database is gone');
});
