/**
 * Accounts own who a person is: registration, sign-in, sessions, roles and their permissions, the state of an account.
 * Offers: authenticate, public facts of accounts by id, bulk import. Announces: account registered, account seen,
 * sessions ended (to sockets over the bus as well). Listens to nobody.
 */
import type { Actor } from '#platform/actor.ts';
import type { Audit } from '#platform/audit.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Announce } from '#platform/events.ts';
import { gather } from '#platform/gather.ts';
import type { Ids } from '#platform/ids.ts';
import type { Enqueue, JobHandler } from '#platform/jobs.ts';
import type { Mailer } from '#platform/mail.ts';
import type { Cursors } from '#platform/paging.ts';
import { createAccessTokens } from './access-tokens.ts';
import { authenticate } from './actions/authenticate.ts';
import { createAdmin, type NewAdmin } from './actions/create-admin.ts';
import { type ImportedAccount, importAccounts } from './actions/import-accounts.ts';
import { noteActivity } from './actions/note-activity.ts';
import { erasureHandler } from './actions/request-deletion.ts';
import { recoveryHandler } from './actions/request-recovery.ts';
import { assistedRecoveryHandler } from './actions/start-assisted-recovery.ts';
import { type AppleConfig, createApple } from './apple.ts';
import { appleJobHandlers } from './apple-jobs.ts';
import { mailJobHandler } from './mails.ts';
import { foldName } from './names.ts';
import { createPasswordRules } from './password-rules.ts';
import { createPasswords } from './passwords.ts';
import { permissionsOf, type Role, rightsOf, roles } from './permissions.ts';
import { countAccounts, findAccountByUsername, findAccountsById, findAccountsByUsername } from './queries/accounts.ts';
import { findLiveSessions, findSessionActors } from './queries/sessions.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { accountsRoutes } from './routes.ts';
import type { AgeBand } from './schemas.ts';
import { lockNoticeHandler } from './sign-in-locks.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

export { userNotFound } from './errors.ts';
export { accountChanged, accountErased, accountRegistered, accountSeen, sessionsEnded } from './events.ts';
export { type Role, roles, rolesOf } from './permissions.ts';
export { type AgeBand, ageBands } from './schemas.ts';
export {
  generateSigningKeys,
  loadSigningKeys,
  rotateSigningKeys,
  rotateSigningKeysIn,
  type SigningKeys,
} from './signing-keys.ts';
export { TERMS_VERSION } from './terms.ts';
export type { ImportedAccount };

/** What other modules may know of an account. */
export type AccountFacts = {
  accountId: string;
  username: string;
  role: Role;
  ageBand: AgeBand;
  locale: 'en' | 'ru';
  isActive: boolean;
  isEmailVerified: boolean;
  createdAt: Date;
  lastActiveAt: Date;
};

export type Accounts = {
  routes: readonly Door[];
  jobHandlers: readonly JobHandler[];
  /** Every permission that some role has. */
  permissions: ReadonlySet<string>;
  authenticate(token: string): Promise<Actor>;
  /** In no order; ids that do not exist are left out. */
  findAccounts(db: Queryable, accountIds: readonly string[]): Promise<AccountFacts[]>;
  findAccountByUsername(db: Queryable, username: string): Promise<AccountFacts | undefined>;
  /** Whatever the case of the names; unknown ones are left out. */
  findByUsername(db: Queryable, usernames: readonly string[]): Promise<{ accountId: string; username: string }[]>;
  /** Where letters to the account go; undefined unless the address is confirmed and the account active. */
  findMailAddress(db: Queryable, accountId: string): Promise<string | undefined>;
  noteActivity(accountId: string): Promise<void>;
  /** Those of the sessions that may still be used, with the rights of their accounts at this moment. */
  findSessionRights(
    sessionIds: readonly string[],
  ): Promise<ReadonlyMap<string, { role: Role; permissions: ReadonlySet<string> }>>;
  createAdmin(admin: NewAdmin): Promise<string>;
  importAccounts(tx: Tx, accounts: readonly ImportedAccount[]): Promise<number>;
  countAccounts(): Promise<number>;
};

export function createAccounts(options: {
  db: Database;
  announce: Announce;
  bus: Bus;
  clock: Clock;
  ids: Ids;
  keys: SigningKeys;
  enqueue: Enqueue;
  audit: Audit;
  cursors: Cursors;
  mailer: Mailer;
  apple?: AppleConfig;
  isStaffTotpRequired: boolean;
  publicUrl: string;
}): Accounts {
  const { keys, publicUrl, clock, ids, mailer, apple, ...rest } = options;
  const tools: AccountsTools = {
    ...rest,
    keys,
    publicUrl,
    clock,
    ids,
    ...(apple && { apple: createApple(apple, clock) }),
    passwords: createPasswords(),
    passwordRules: createPasswordRules(),
    tokens: createAccessTokens(keys, publicUrl, clock, ids),
    findSessionActor: gather((sessionIds) => findSessionActors(options.db.read, sessionIds, clock.now())),
    refreshTokens: createRefreshTokens(keys.deriveSecret('refresh-tokens')),
    secrets: { lookup: keys.deriveSecret('lookup'), box: keys.deriveSecret('box') },
  };
  return {
    routes: accountsRoutes(tools),
    jobHandlers: [
      mailJobHandler(tools, mailer),
      recoveryHandler(tools),
      lockNoticeHandler(tools),
      assistedRecoveryHandler(tools),
      erasureHandler(tools),
      ...appleJobHandlers(tools),
    ],
    permissions: new Set(roles.flatMap((role) => [...permissionsOf[role]])),
    authenticate: (token) => authenticate(tools, token),
    async findAccounts(db, accountIds) {
      const rows = await findAccountsById(db, accountIds);
      return rows.map(presentFacts);
    },
    async findAccountByUsername(db, username) {
      const row = await findAccountByUsername(db, foldName(username));
      return row && presentFacts(row);
    },
    async findByUsername(db, usernames) {
      if (usernames.length === 0) return [];
      const rows = await findAccountsByUsername(db, usernames.map(foldName));
      return rows.map((row) => ({ accountId: row.account_id, username: row.username }));
    },
    async findMailAddress(db, accountId) {
      const [row] = await findAccountsById(db, [accountId]);
      return row?.state === 'active' && row.email_verified_at ? (row.email ?? undefined) : undefined;
    },
    noteActivity: (accountId) => noteActivity(tools, accountId),
    async findSessionRights(sessionIds) {
      const rows = await findLiveSessions(options.db.read, sessionIds, clock.now());
      return new Map(
        rows.map((row) => [
          row.session_id,
          { role: row.role, permissions: rightsOf(row, options.isStaffTotpRequired) },
        ]),
      );
    },
    createAdmin: (admin) => createAdmin(tools, admin),
    importAccounts,
    countAccounts: () => countAccounts(options.db.read),
  };
}

const presentFacts = (row: AccountRow): AccountFacts => ({
  accountId: row.account_id,
  username: row.username,
  role: row.role,
  ageBand: row.age_band,
  locale: row.locale,
  isActive: row.state === 'active',
  isEmailVerified: row.email_verified_at !== null,
  createdAt: row.created_at,
  lastActiveAt: row.last_active_at,
});
