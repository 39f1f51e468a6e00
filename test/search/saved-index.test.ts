import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { readIndexFile } from '#modules/search/index-file.ts';
import { type Person, startApp, type TestApp } from '../helpers/app.ts';

const first = await startApp();
const { signUp, settle, dataDir, clock } = first;
const indexFile = join(dataDir, 'search', 'index');
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
for (const person of [bob, carol]) await person.call('updateMyProfile', { body: { languages: ['en'] } });
await settle();

const says = ({ logLines }: TestApp, words: string) => logLines.some((line) => line.includes(words));
const hasOpened = (node: TestApp) => says(node, 'the search is open from its file');
const savedAt = async () => (await readIndexFile(indexFile))?.label.savedAt;

/** A node of its own on the same database and folder. */
const startNext = () => startApp({}, { beside: first });

async function search(node: TestApp, person: Person): Promise<string[]> {
  const { body } = await node.visit(person).call('listTeammates');
  return (body.items as unknown as { user: { username: string } }[]).map(({ user }) => user.username).toSorted();
}

describe('the next node', async () => {
  await bob.call('updateMyProfile', { body: { discoverable: false } });
  const before = await savedAt();
  clock.advance(60);
  const next = await startNext();
  const found = await search(next, alice);
  await vi.waitFor(async () => expect(await savedAt()).not.toBe(before), { timeout: 10_000 });

  test('opens what was saved, with all that happened since', async () => {
    expect(hasOpened(next)).toBe(true);
    expect(found).toEqual(['carol']);
  });

  test('reads everything anew meanwhile, saves that, and follows what happens', async () => {
    expect(says(next, 'the search is loaded')).toBe(true);
    await bob.call('updateMyProfile', { body: { discoverable: true } });
    await next.settle();
    expect(await search(next, alice)).toEqual(['bob', 'carol']);
  });
});

describe.each([
  ['of another database', (bytes: Buffer) => relabel(bytes, { logId: 'another' })],
  ['of another ranking', (bytes: Buffer) => relabel(bytes, { rankingVersion: 'another' })],
  ['of another form', (bytes: Buffer) => relabel(bytes, { format: 0 })],
  ['older than three days', (bytes: Buffer) => relabel(bytes, { savedAt: '2020-01-01T00:00:00.000Z' })],
  ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 50)],
  ['empty', () => Buffer.alloc(0)],
  ['noise', () => Buffer.alloc(2_000, 7)],
])('a file %s', async (_what, spoil) => {
  const before = await savedAt();
  clock.advance(60);
  writeFileSync(indexFile, spoil(readFileSync(indexFile)));
  const next = await startNext();
  const found = await search(next, alice);
  await vi.waitFor(async () => expect([before, undefined]).not.toContain(await savedAt()), { timeout: 10_000 });

  test('does no harm: everything is read from the database', () => {
    expect(hasOpened(next)).toBe(false);
    expect(found).toContain('carol');
  });
});

test('a transaction that runs long does not keep a node from opening, nor hides from it what happened', async () => {
  await first.db.transaction(async (tx) => {
    await sql`select pg_current_xact_id()`.execute(tx);
    await carol.call('updateMyProfile', { body: { discoverable: false } });
    const next = await startNext();
    expect(says(next, 'cannot be followed up in time')).toBe(true);
    expect(await search(next, alice)).not.toContain('carol');
  });
});

function relabel(bytes: Buffer, change: object): Buffer {
  const end = 4 + bytes.readUInt32LE();
  const label = JSON.parse(bytes.subarray(4, end).toString()) as object;
  const text = Buffer.from(JSON.stringify({ ...label, ...change }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, bytes.subarray(end)]);
}
