import { chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { RunAs } from './run-as.ts';

/** Where the server listens: the folder of its unix socket, or loopback with a port. */
export type ServerAddress = { host: string; port: number };

const socketDirPrefix = '/tmp/soyamate-';

/**
 * A unix socket where there are any, in a folder of its own that only the user of PostgreSQL may enter. Its path must be
 * short (108 bytes on Linux, 104 on macOS), so it is made in /tmp and not in the data folder.
 */
export async function chooseAddress(): Promise<ServerAddress> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await findFreePort() };
  return { host: mkdtempSync(socketDirPrefix), port: 5432 };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Before each start: a cleaner of /tmp may have been there, and a killed PostgreSQL leaves its socket and a lock on it. */
export function prepareSocketDir(host: string, runAs: RunAs): void {
  if (process.platform === 'win32') return;
  const found = lstatSync(host, { throwIfNoEntry: false });
  if (!found) mkdirSync(host, { mode: 0o700 });
  else if (found.uid !== process.getuid?.() && found.uid !== runAs?.uid)
    throw new Error(`${host} was taken by another user`);
  if (runAs) chownSync(host, runAs.uid, runAs.gid);
  for (const name of readdirSync(host)) rmSync(join(host, name));
}

export function removeSocketDir(host: string | undefined): void {
  if (!host?.startsWith(socketDirPrefix)) return;
  try {
    rmSync(host, { recursive: true, force: true });
  } catch {
    // An empty folder stays in /tmp.
  }
}
