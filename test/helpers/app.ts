import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { inject } from 'vitest';
import { loadSigningKeys } from '#modules/accounts/index.ts';
import { type Bus, createLocalBus } from '#platform/bus.ts';
import { type Config, readConfig } from '#platform/config.ts';
import { createDatabase, type Database } from '#platform/database.ts';
import { createIds, type Ids } from '#platform/ids.ts';
import { createLogger } from '#platform/logger.ts';
import { connectRedis } from '#platform/redis.ts';
import { createRedisBus } from '#platform/redis-bus.ts';
import { type App, createApp } from '../../src/app.ts';
import { atEnd } from './at-end.ts';
import { type Body, type Client, createClient } from './client.ts';
import { createFrozenClock, type FrozenClock } from './clock.ts';
import { createContract } from './contract.ts';
import { guardTransactions } from './guard-transactions.ts';
import { readMails, type TestMail } from './mails.ts';
import { cloneDatabase, dropDatabase } from './postgres.ts';
import { createSecretWatch } from './secrets.ts';

export type TestApp = {
  app: App;
  db: Database;
  bus: Bus;
  clock: FrozenClock;
  url: string;
  /** Someone who has not signed in. */
  nobody: Client;
  /** Registers a person and signs them in: `const alice = await signUp('alice')`. */
  signUp(username: string, options?: SignUpOptions): Promise<Person>;
  settle(): Promise<void>;
  /** What was mailed to an address, oldest first. Settles first. */
  mailsTo(address: string): Promise<TestMail[]>;
  /** The lines that the server has logged, as JSON text. */
  logLines: string[];
  databaseUrl: string;
  dataDir: string;
  /** The same person as a client of this node. */
  visit(person: Person): Person;
};

export type Person = Client & {
  username: string;
  userId: string;
  sessionId: string;
  token: string;
  password: string;
  /** With a new token: the old one ends when a test moves the clock. */
  signInAgain(): Promise<Person>;
};
export type SignUpOptions = { ageBand?: '13_15' | '16_17' | '18_plus'; locale?: 'en' | 'ru'; email?: string };

export type StartOptions = {
  /** Fills the database before the server loads what it keeps in memory. */
  prepare?: (parts: { app: App; db: Database; ids: Ids }) => Promise<void>;
  /** How long a second of the sockets' heartbeat lasts. */
  tickMs?: number;
  redisUrl?: string;
  /** Starts the search thread instead of the app. */
  spawnSearch?: () => Worker;
  searchTickMs?: number;
  /** The node to stand beside: on its database, with its keys and clock. */
  beside?: TestApp;
};

/** A whole server on a database of its own, at a real port; it ends with the test, or the file, that starts it. */
export async function startApp(
  overrides: Partial<Config> = {},
  { prepare, tickMs, redisUrl, spawnSearch, searchTickMs, beside }: StartOptions = {},
): Promise<TestApp> {
  const databaseUrl =
    beside?.databaseUrl ?? (await cloneDatabase(inject('templateUrl'), `t_${randomUUID().replaceAll('-', '')}`));
  const dataDir = beside?.dataDir ?? mkdtempSync(join(tmpdir(), 'soyamate-app-'));
  const config = {
    ...readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, RATE_LIMITS: 'off', PORT: '0' }),
    ...overrides,
  };
  const logLines: string[] = [];
  const logger = createLogger('debug', { write: (line) => void logLines.push(line) });
  const clock = beside?.clock ?? createFrozenClock();
  const ids = createIds(clock);
  const db = createDatabase({ url: databaseUrl, poolSize: 8, namedStatements: true, logger });
  const redis = redisUrl ? await connectRedis(redisUrl, logger) : undefined;
  const bus = redis ? await createRedisBus(redis) : createLocalBus();
  const app = await createApp({
    config,
    db: guardTransactions(db),
    clock,
    logger,
    bus,
    redis,
    ids,
    keys: await loadSigningKeys(undefined, dataDir),
    ...(tickMs !== undefined && { tickMs }),
    ...(spawnSearch && { spawnSearch }),
    ...(searchTickMs !== undefined && { searchTickMs }),
  });
  await app.loadCatalogue();
  await prepare?.({ app, db, ids });
  await app.start();
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.http.server.address() as AddressInfo).port}`;
  const contract = createContract(app.document);
  const watch = createSecretWatch();
  const nobody = createClient(url, contract, undefined, watch);

  atEnd(async () => {
    await app.close();
    redis?.close();
    if (!beside) await dropDatabase(databaseUrl);
    watch.check(logLines);
  });

  return {
    app,
    db,
    bus,
    clock,
    url,
    nobody,
    logLines,
    databaseUrl,
    dataDir,
    visit: (person) => ({ ...person, ...createClient(url, contract, person.token, watch) }),
    settle: () => app.settle(),
    async mailsTo(address) {
      await app.settle();
      return (await readMails(config.dataDir)).filter(({ to }) => to === address);
    },
    async signUp(username, { ageBand = '18_plus', locale = 'en', email = `${username}@example.com` } = {}) {
      const password = `${username} likes long passwords`;
      const body = {
        username,
        email,
        password,
        ageBand,
        locale,
        acceptedTerms: '2026-11-01',
      };
      const { status, body: answer } = await nobody.call('register', { body });
      if (status !== 201) throw new Error(`${username} was not registered: ${JSON.stringify(answer)}`);
      return present(answer);

      function present(signedIn: Body): Person {
        const token = String(signedIn.tokens?.accessToken);
        return {
          ...createClient(url, contract, token, watch),
          username,
          userId: String(signedIn.user?.userId),
          sessionId: String(signedIn.tokens?.sessionId),
          token,
          password,
          async signInAgain() {
            const again = await nobody.call('login', { body: { login: username, password } });
            return present(again.body);
          },
        };
      }
    },
  };
}
