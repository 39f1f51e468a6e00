import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Position } from '#platform/relay.ts';

/** What a file of the index says of itself; it is used only where all of it fits. */
export type IndexLabel = {
  /** Raised whenever the packed form changes. */
  format: number;
  rankingVersion: string;
  /** The log of events, and the place in it up to which the index follows. */
  logId: string;
  position: Position;
  savedAt: string;
};

export const INDEX_FORMAT = 2;

const LENGTH_BYTES = 4;

/** The label's length, the label, the index. Appears whole or not at all. */
export async function writeIndexFile(path: string, label: IndexLabel, index: Uint8Array): Promise<void> {
  const text = Buffer.from(JSON.stringify(label));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  const unfinished = `${path}.${process.pid}.${threadId}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(unfinished, 'w', 0o600);
    try {
      for (const part of [length, text, index]) await file.writeFile(part);
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** The label alone, or with the index; undefined when there is no such file, or one that cannot be read. */
export async function readIndexFile(
  path: string,
  isWhole = false,
): Promise<{ label: IndexLabel; index: Uint8Array } | undefined> {
  try {
    const file = await open(path);
    try {
      const length = await readBytes(file, LENGTH_BYTES);
      const label = JSON.parse((await readBytes(file, length.readUInt32LE())).toString()) as IndexLabel;
      return { label, index: isWhole ? await file.readFile() : Buffer.alloc(0) };
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

async function readBytes(file: Awaited<ReturnType<typeof open>>, length: number): Promise<Buffer> {
  if (length > MOST_LABEL) throw new RangeError('not a file of the index');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length);
  if (bytesRead < length) throw new RangeError('a file of the index ends early');
  return buffer;
}

const MOST_LABEL = 65_536;
