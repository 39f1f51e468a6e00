import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import { unavailable } from './errors.ts';
import type { FileStore } from './files.ts';

/** How long the store may take to answer; for a file that is read, to begin. */
const TIMEOUT_MS = 20_000;
const RETRIES = 2;

/**
 * A bucket of an S3-compatible store, from `https://KEY:SECRET@host/bucket/folder?region=eu-central-1`; the folder and
 * the region (`us-east-1`) may be left out. Of several stores in one bucket each has a subfolder. A put is whole or not there, so is every file. Throws `unavailable` while the
 * store does not answer as it should.
 */
export function createS3Store(url: string, subfolder?: string): FileStore {
  const { origin, pathname, username, password, searchParams } = new URL(url);
  const client = new AwsClient({
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    region: searchParams.get('region') ?? 'us-east-1',
    service: 's3',
    retries: RETRIES,
  });
  const [bucket = '', ...rest] = pathname.split('/').filter(Boolean);
  const folders = [...rest.map(decodeURIComponent), ...(subfolder === undefined ? [] : [subfolder])];
  const folder = folders.map((name) => `${name}/`).join('');
  const addressOf = (key: string) => `${origin}/${bucket}/${folder}${key}`;

  async function ask(address: string, init: RequestInit, expected: readonly number[]): Promise<Response> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
    try {
      const response = await client.fetch(address, { ...init, signal: patience.signal });
      if (expected.includes(response.status)) return response;
      throw new Error(`the media store answers ${response.status}: ${(await response.text()).slice(0, 500)}`);
    } catch (cause) {
      throw Object.assign(unavailable({ retryAfterSeconds: 5 }), { cause });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Keys under a prefix, in their order; the store gives a thousand at a time. */
  async function listKeys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for (;;) {
      const query = new URLSearchParams({ 'list-type': '2', prefix: folder + prefix });
      const last = keys.at(-1);
      if (last !== undefined) query.set('start-after', last);
      const text = await (await ask(`${origin}/${bucket}?${query.toString()}`, {}, [200])).text();
      // Our keys have no characters that XML would have to spell out.
      keys.push(...[...text.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key));
      if (!text.includes('<IsTruncated>true')) return keys;
    }
  }

  return {
    async write(key, bytes) {
      const response = await ask(addressOf(key), { method: 'PUT', body: Uint8Array.from(bytes) }, [200]);
      await response.body?.cancel();
    },
    async open(key, range) {
      const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const { status, body } = await ask(addressOf(key), { headers }, [200, 206, 404]);
      if (status === 404 || !body) {
        await body?.cancel();
        return undefined;
      }
      return Readable.fromWeb(body);
    },
    async deleteFolder(key) {
      for (const one of await listKeys(`${key}/`)) {
        const response = await ask(`${origin}/${bucket}/${one}`, { method: 'DELETE' }, [200, 204, 404]);
        await response.body?.cancel();
      }
    },
    async listFolders(key) {
      const prefix = `${folder}${key}/`;
      const keys = await listKeys(`${key}/`);
      return [...new Set(keys.flatMap((one) => one.slice(prefix.length).split('/').slice(0, -1).slice(0, 1)))];
    },
  };
}
