import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { payloadTooLarge, tooManyRequests, unavailable } from '#platform/errors.ts';

/** Uploads that are arriving, on the disk of this machine. */
export type Inbox = {
  /**
   * Takes an upload to disk, whatever its sender does: throws `payload_too_large` past `maxBytes`, `too_many_requests`
   * when too many of one sender arrive at once, and `unavailable` when too many of all do. The caller removes what arrived.
   */
  receive(bytes: Readable, upload: { senderId: string; maxBytes: number }): Promise<Arrived>;
  /** Deletes what a crash has left. */
  removeOlderThan(moment: Date): Promise<void>;
};

export type Arrived = { sizeBytes: number; hash: Buffer; read(): Promise<Buffer>; remove(): Promise<void> };

/** They bound the disk that uploads take: so many times the largest. No sender gets all of it. */
const MAX_ARRIVING = 64;
const MAX_ARRIVING_OF_ONE = 8;

export function createInbox(folder: string): Inbox {
  const senders: string[] = [];
  return {
    async receive(bytes, { senderId, maxBytes }) {
      if (senders.length >= MAX_ARRIVING) throw unavailable({ retryAfterSeconds: 5 });
      const ownCount = senders.filter((one) => one === senderId).length;
      if (ownCount >= MAX_ARRIVING_OF_ONE) throw tooManyRequests({ retryAfterSeconds: 5 });
      senders.push(senderId);
      const path = join(folder, randomUUID());
      const remove = async () => {
        senders.splice(senders.indexOf(senderId), 1);
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
