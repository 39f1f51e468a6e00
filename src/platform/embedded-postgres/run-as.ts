import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import type { Log } from '../embedded-postgres.ts';

/** The user that PostgreSQL runs as; undefined is ourselves. */
export type RunAs = { uid: number; gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root. So root lends it to the owner of the cluster or, for a new one, to the first of these
 * users that exists: `soyamate`, `postgres`, `nobody`. We never make a user: `nobody` is everywhere, and whoever minds
 * that other programs are `nobody` too makes a user `soyamate`.
 */
export function chooseRunAs(clusterDir: string, log: Log): RunAs {
  const cluster = statSync(clusterDir, { throwIfNoEntry: false });
  const ownUid = process.getuid?.();
  if (ownUid === undefined) return undefined;
  if (ownUid !== 0) {
    if (cluster && cluster.uid !== ownUid) {
      throw new Error(
        `${clusterDir} belongs to user ${cluster.uid}, not to you (user ${ownUid}); ` +
          'start Soyamate as that user or as root, or give the folder to yourself with chown -R',
      );
    }
    return undefined;
  }
  if (cluster && cluster.uid !== 0) return { uid: cluster.uid, gid: cluster.gid };
  const user = findUser(['soyamate', 'postgres', 'nobody']);
  log('info', `PostgreSQL does not run as root: it runs as user ${user.name}`, { uid: user.uid });
  return { uid: user.uid, gid: user.gid };
}

function findUser(names: readonly string[]): { name: string; uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of names) {
    const user = users.find((fields) => fields[0] === name);
    if (user && Number(user[2]) > 0) return { name, uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Error(
    `PostgreSQL does not run as root, and this system has no user ${names.join(', ')} to run it as; ` +
      'start Soyamate as another user, or set DATABASE_URL',
  );
}

/** A folder as a PostgreSQL process is told of it: its path, and what must be at the fourth place of the process's stdio. */
export type LentFolder = { path: string; stdio: number[]; close(): void };

/**
 * A folder inside root's home (mode 700) is out of reach for the user that PostgreSQL runs as. On Linux root opens it and
 * PostgreSQL inherits the open folder: the way through /proc/self/fd asks no permission of the folders above. So the data
 * stay where the operator wants them, and no folder is opened to others.
 */
export function lendFolder(folder: string, runAs: RunAs): LentFolder {
  if (!runAs || process.platform !== 'linux') return { path: folder, stdio: [], close() {} };
  const descriptor = openSync(folder, 'r');
  return { path: '/proc/self/fd/3', stdio: [descriptor], close: () => closeSync(descriptor) };
}

/** What every PostgreSQL program is spawned with: of our environment, which may hold secrets, it gets nothing. */
export function spawnIdentity(runAs: RunAs): { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number } {
  if (process.platform === 'win32') return { cwd: process.cwd(), env: process.env };
  // Not our own working folder: initdb goes back to where it began, and may not be allowed to.
  return { cwd: '/', env: { LC_ALL: 'C' }, ...runAs };
}
