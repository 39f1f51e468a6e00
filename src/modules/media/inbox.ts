import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { payloadTooLarge, unavailable } from '#platform/errors.ts';

/** Uploads that are arriving, on the disk of this machine. */
export type Inbox = {
  /**
   * Takes an upload to disk, whatever its sender does: throws `payload_too_large` past `maxBytes`, and `unavailable` when
   * too many arrive. The caller removes what arrived.
   */
  receive(bytes: Readable, maxBytes: number): Promise<Arrived>;
  /** Deletes what a crash has left. */
  removeOlderThan(moment: Date): Promise<void>;
};

export type Arrived = { sizeBytes: number; hash: Buffer; read(): Promise<Buffer>; remove(): Promise<void> };

/** They bound the disk that uploads take: so many times the largest. */
const MAX_ARRIVING = 64;

export function createInbox(folder: string): Inbox {
  let arriving = 0;
  return {
    async receive(bytes, maxBytes) {
      if (arriving >= MAX_ARRIVING) throw unavailable({ retryAfterSeconds: 5 });
      arriving += 1;
      const path = join(folder, randomUUID());
      const remove = async () => {
        arriving -= 1;
        await rm(path, { force: true });
      };
      try {
        await mkdir(folder, { recursive: true });
        return { ...(await take(bytes, path, maxBytes)), read: () => readFile(path), remove };
      } catch (error) {
        await remove();
        throw error;
      }
    },
    async removeOlderThan(moment) {
      await mkdir(folder, { recursive: true });
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        const { mtime } = await stat(path).catch(() => ({ mtime: moment }));
        if (mtime < moment) await rm(path, { force: true });
      }
    },
  };
}

async function take(bytes: Readable, path: string, maxBytes: number): Promise<{ sizeBytes: number; hash: Buffer }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'wx');
  try {
    // Not destroyed when we refuse the rest: the sender is still to get an answer.
    for await (const chunk of bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw payloadTooLarge({ headers: { connection: 'close' } });
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return { sizeBytes, hash: hash.digest() };
}
