import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ByteRange } from './ranges.ts';

/** Where files lie; keys are relative paths that we make ourselves, never what somebody sent. */
export type FileStore = {
  /** The file appears whole or not at all; one that is there is replaced. */
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** Its bytes, or those of the range, which must lie within the file. Undefined when there is no such file. */
  open(key: string, range?: ByteRange): Promise<Readable | undefined>;
  /** Deletes whatever lies under the folder; nothing is fine too. */
  deleteFolder(key: string): Promise<void>;
  /** The names of the folders in a folder. */
  listFolders(key: string): Promise<string[]>;
};

/** A folder of this machine, or one that several machines mount. */
export function createFolderStore(folder: string): FileStore {
  return {
    async write(key, bytes) {
      const path = join(folder, key);
      // The same file may be written twice at once.
      const unfinished = `${path}.${randomUUID()}.part`;
      await mkdir(dirname(path), { recursive: true });
      try {
        await writeFile(unfinished, bytes, { flush: true });
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    async open(key, range) {
      const file = await open(join(folder, key)).catch(undefinedIfAbsent);
      return file?.createReadStream(range);
    },
    deleteFolder: (key) => rm(join(folder, key), { recursive: true, force: true }),
    async listFolders(key) {
      const entries = await readdir(join(folder, key), { withFileTypes: true }).catch(undefinedIfAbsent);
      return (entries ?? []).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
  };
}

function undefinedIfAbsent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
