import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { loadSigningKeys } from '#modules/accounts/index.ts';
import { createLocalBus } from '#platform/bus.ts';
import { type Config, readConfig } from '#platform/config.ts';
import { createDatabase, type Database } from '#platform/database.ts';
import { createIds } from '#platform/ids.ts';
import { createLogger } from '#platform/logger.ts';
import { type App, createApp } from '../../src/app.ts';
import { type Client, createClient } from './client.ts';
import { readMails, type TestMail } from './mails.ts';
import { createFrozenClock, type FrozenClock } from './clock.ts';
import { createContract } from './contract.ts';
import { cloneDatabase, dropDatabase } from './postgres.ts';

export type TestApp = {
  app: App;
  db: Database;
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
};

export type Person = Client & { username: string; userId: string; sessionId: string; token: string; password: string };
export type SignUpOptions = { ageBand?: '13_15' | '16_17' | '18_plus'; locale?: 'en' | 'ru'; email?: string };

/** A whole server on a database of its own, at a real port; it ends with the test file. */
export async function startApp(overrides: Partial<Config> = {}): Promise<TestApp> {
  const databaseUrl = await cloneDatabase(inject('templateUrl'), `t_${randomUUID().replaceAll('-', '')}`);
  const dataDir = mkdtempSync(join(tmpdir(), 'soyamate-app-'));
  const config = {
    ...readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, RATE_LIMITS: 'off', PORT: '0' }),
    ...overrides,
  };
  const logLines: string[] = [];
  const logger = createLogger('debug', { write: (line) => void logLines.push(line) });
  const clock = createFrozenClock();
  const db = createDatabase({ url: databaseUrl, poolSize: 8, namedStatements: true, logger });
  const app = await createApp({
    config,
    db,
    clock,
    logger,
    bus: createLocalBus(),
    ids: createIds(clock),
    keys: await loadSigningKeys(undefined, dataDir),
  });
  await app.loadCatalogue();
  await app.start();
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.http.server.address() as AddressInfo).port}`;
  const contract = createContract(app.document);
  const nobody = createClient(url, contract);

  afterAll(async () => {
    await app.close();
    await dropDatabase(databaseUrl);
  });

  return {
    app,
    db,
    clock,
    url,
    nobody,
    logLines,
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
      const token = String(answer.tokens?.accessToken);
      return {
        ...createClient(url, contract, token),
        username,
        userId: String(answer.user?.userId),
        sessionId: String(answer.tokens?.sessionId),
        token,
        password,
      };
    },
  };
}
