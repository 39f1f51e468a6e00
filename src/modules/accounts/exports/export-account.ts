import { Readable } from 'node:stream';
import { exportActsAbout, exportActsOf } from '#platform/audit.ts';
import { type Exporter, exportRows } from '#platform/exports.ts';
import { findSignInFailure } from '../queries/sign-in-failures.ts';
import { hashSubject } from '../sign-in-locks.ts';
import type { AccountsTools } from '../tools.ts';

/** What this module holds about an account. Hashes, sealed secrets and keys stay here: they would only open doors. */
export const createAccountExporter = (tools: AccountsTools): Exporter =>
  async function* exportAccount(accountId) {
    const { read } = tools.db;
    const where = { account_id: accountId };
    yield { path: 'README.txt', open: async () => Readable.from([README], { objectMode: false }) };
    yield {
      path: 'accounts/account.json',
      rows: exportRows(read, 'accounts', {
        where,
        key: ['account_id'],
        without: ['password_hash', 'username_key', 'email_key'],
      }),
    };
    yield {
      path: 'accounts/sessions.json',
      rows: exportRows(read, 'sessions', {
        where,
        key: ['session_id'],
        without: ['refresh_token_hash', 'previous_token_hash', 'sealed_successor'],
      }),
    };
    yield {
      path: 'accounts/codes.json',
      rows: exportRows(read, 'account_codes', { where, key: ['purpose'], without: ['code_hash', 'link_hash'] }),
    };
    yield {
      path: 'accounts/saved-codes.json',
      rows: exportRows(read, 'saved_codes', { where, key: ['purpose', 'code_hash'], without: ['code_hash'] }),
    };
    yield {
      path: 'accounts/assisted-recovery.json',
      rows: exportRows(read, 'assisted_recoveries', {
        where,
        key: ['account_id'],
        without: ['started_by', 'code_hash'],
      }),
    };
    yield {
      path: 'accounts/two-step-sign-in.json',
      rows: exportRows(read, 'totp', { where, key: ['account_id'], without: ['secret', 'last_step'] }),
    };
    yield {
      path: 'accounts/apple.json',
      rows: exportRows(read, 'apple_identities', { where, key: ['subject'], without: ['refresh_token'] }),
    };
    yield { path: 'accounts/failed-sign-ins.json', rows: exportFailures(tools, accountId) };
    yield { path: 'accounts/exports.json', rows: exportRows(read, 'account_exports', { where, key: ['account_id'] }) };
    yield { path: 'staff/acts-about-you.json', rows: exportActsAbout(read, accountId) };
    yield { path: 'staff/your-acts.json', rows: exportActsOf(read, accountId) };
  };

async function* exportFailures(tools: AccountsTools, accountId: string) {
  const subject = { account: { account_id: accountId }, typed: '' };
  const row = await findSignInFailure(tools.db.read, hashSubject(tools, subject));
  if (row) yield { failures: row.failures, lastFailedAt: row.last_failed_at, lockedUntil: row.locked_until };
}

const README = `Everything that Soyamate holds about you, in JSON: one folder for each part of the service, one list in each file.
Times are in UTC. Hashes of passwords, codes and tokens are left out: they would only help a thief.

Всё, что хранит о вас Soyamate, в JSON: по папке на каждую часть сервиса, в каждом файле — список. Время — UTC.
Хешей паролей, кодов и токенов здесь нет: они помогли бы только вору.
`;
