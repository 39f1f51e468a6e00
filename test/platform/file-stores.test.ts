import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { createFolderStore, type FileStore } from '#platform/files.ts';
import { createS3Store } from '#platform/s3-store.ts';
import { startS3 } from '../helpers/s3.ts';

const s3 = await startS3();
afterAll(() => s3.stop());
const folder = mkdtempSync(join(tmpdir(), 'soyamate-files-'));

const read = async (store: FileStore, key: string, range?: { start: number; end: number }) => {
  const bytes = await store.open(key, range);
  return bytes && buffer(bytes);
};

describe.each([
  ['a folder', folder, createFolderStore(folder)],
  ['S3', s3.url, createS3Store(s3.url)],
])('%s as a store', (_name, where, store) => {
  const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, i) => i % 251));

  test('gives back what was put, whole or a stretch of it, and takes a second version', async () => {
    await store.write('ab/one/content', bytes);
    expect(await read(store, 'ab/one/content')).toEqual(bytes);
    expect(await read(store, 'ab/one/content', { start: 10, end: 19 })).toEqual(bytes.subarray(10, 20));
    expect(await read(store, 'ab/one/content', { start: 4_999, end: 4_999 })).toEqual(bytes.subarray(4_999));
    await store.write('ab/one/content', bytes.subarray(1));
    expect(await read(store, 'ab/one/content')).toEqual(bytes.subarray(1));
    await store.write('ab/one/empty', Buffer.alloc(0));
    expect(await read(store, 'ab/one/empty')).toEqual(Buffer.alloc(0));
  });

  test('what is absent is absent', async () => {
    expect(await store.open('ab/none/content')).toBeUndefined();
    expect(await store.open('ab/none/content', { start: 0, end: 9 })).toBeUndefined();
    expect(await store.listFolders('zz')).toEqual([]);
    await store.deleteFolder('ab/none');
  });

  test('a folder goes with all that is in it, and with nothing beside', async () => {
    for (const key of ['cd/one/0.webp', 'cd/one/1.webp', 'cd/one1/0.webp', 'cd/two/0.webp', 'ce/one/0.webp']) {
      await store.write(key, bytes);
    }
    expect((await store.listFolders('cd')).toSorted()).toEqual(['one', 'one1', 'two']);
    await store.deleteFolder('cd/one');
    expect((await store.listFolders('cd')).toSorted()).toEqual(['one1', 'two']);
    expect(await store.open('cd/one/1.webp')).toBeUndefined();
    expect(await read(store, 'ce/one/0.webp')).toEqual(bytes);
  });

  test('many may write the same file at once: one of them wins whole', async () => {
    const versions = Array.from({ length: 10 }, (_, i) => Buffer.alloc(200_000, i));
    await Promise.all(versions.map((version) => store.write('ef/one/content', version)));
    const left = (await read(store, 'ef/one/content')) ?? Buffer.alloc(0);
    expect(versions.some((version) => version.equals(left))).toBe(true);
  });

  test('whoever is killed half way leaves nothing that can be seen', async () => {
    const writer = spawn(process.execPath, ['test/platform/write-files-process.ts', where]);
    const ended = once(writer, 'exit');
    const lines: string[] = [];
    writer.stdout.on('data', (text) => {
      lines.push(...String(text).split('\n').filter(Boolean));
      // In the middle of the next one, most likely.
      if (lines.length >= 3) setImmediate(() => writer.kill('SIGKILL'));
    });
    await ended;
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const name of await store.listFolders('k')) {
      const left = await read(store, `k/${name}/content`);
      if (left) expect(left.equals(Buffer.alloc(8_000_000, Number(name)))).toBe(true);
    }
    for (const line of lines) expect((await read(store, `k/${line}/content`))?.length).toBe(8_000_000);
    await store.deleteFolder('k');
    expect(await store.listFolders('k')).toEqual([]);
  });
});

test('a store that refuses us, or is not there, is unavailable and tells the log why', async () => {
  for (const [url, why] of [
    [s3.url.replace('S3RVER:S3RVER', 'S3RVER:wrong'), /answers 403.*SignatureDoesNotMatch/s],
    [s3.url.replace('/soyamate', '/other'), /answers 404/],
    ['http://a:b@127.0.0.1:9/soyamate', /fetch failed/],
  ] as const) {
    const failure: unknown = await createS3Store(url)
      .write('ab/one/content', Buffer.alloc(10))
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ definition: { code: 'unavailable', status: 503 } });
    expect(String((failure as Error).cause)).toMatch(why);
  }
});
