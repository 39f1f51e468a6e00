import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where files lie; keys are relative paths that we make ourselves, never what somebody sent. */
export type FileStore = {
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is no such file. */
  read(key: string): Promise<Buffer | undefined>;
  /** Deletes whatever lies under the folder; nothing is fine too. */
  deleteFolder(key: string): Promise<void>;
};

/** A folder of this machine. A file appears whole or not at all. */
export function createFolderStore(folder: string): FileStore {
  return {
    async write(key, bytes) {
      const path = join(folder, key);
      const unfinished = `${path}.${process.pid}.part`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(unfinished, bytes);
      await rename(unfinished, path);
    },
    async read(key) {
      try {
        return await readFile(join(folder, key));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    deleteFolder: (key) => rm(join(folder, key), { recursive: true, force: true }),
  };
}
