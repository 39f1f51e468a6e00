/**
 * Accounts own who a person is: registration, sign-in, sessions, roles and their permissions, the state of an account.
 * Offers: authenticate, public facts of accounts by id, bulk import. Announces: account registered, account seen,
 * sessions ended (to sockets over the bus as well), security noted. Listens to nobody; the sanctions behind a state that
 * an administrator sets are decided by whoever is handed in as `decideState`, and what outlives an account by
 * `findKeptOutUntil`.
 */
import type { FastifyInstance } from 'fastify';
import type { Actor } from '#platform/actor.ts';
import type { Audit } from '#platform/audit.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Announce } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import type { FileStore } from '#platform/files.ts';
import { gather } from '#platform/gather.ts';
import type { Ids } from '#platform/ids.ts';
import type { Enqueue, JobHandler } from '#platform/jobs.ts';
import type { Mailer } from '#platform/mail.ts';
import type { Cursors } from '#platform/paging.ts';
import type { TextRules } from '#platform/text-rules.ts';
import { createAccessTokens } from './access-tokens.ts';
import type { DecideState } from './account-state.ts';
import { authenticate } from './actions/authenticate.ts';
import { createAdmin, type NewAdmin } from './actions/create-admin.ts';
import { type ImportedAccount, importAccounts } from './actions/import-accounts.ts';
import { keepHouse } from './actions/keep-house.ts';
import { noteActivity } from './actions/note-activity.ts';
import { openSetup } from './actions/open-setup.ts';
import { erasureHandler } from './actions/request-deletion.ts';
import { recoveryHandler } from './actions/request-recovery.ts';
import { assistedRecoveryHandler } from './actions/start-assisted-recovery.ts';
import { type AppleConfig, createApple } from './apple.ts';
import { appleJobHandlers } from './apple-jobs.ts';
import { exportJobHandlers } from './exports/make-export.ts';
import type { MailName } from './mail-texts.ts';
import { mailJobHandler, queueMail } from './mails.ts';
import { foldName } from './names.ts';
import { openLinkPages } from './pages/open-link-pages.ts';
import { openPages } from './pages/open-pages.ts';
import { createPasswordRules } from './password-rules.ts';
import { createPasswords } from './passwords.ts';
import { permissionsOf, type Role, roles } from './permissions.ts';
import {
  type AccountFactsRow,
  countAccounts,
  findAccount,
  findAccountByUsername,
  findAccountsById,
  findAccountsByUsername,
  findPeopleAfter,
  lockAccount,
} from './queries/accounts.ts';
import { updateBansOf } from './queries/erasure.ts';
import { type AccountFigures, measureAccounts } from './queries/figures.ts';
import { findLiveSessions, findSessionActors } from './queries/sessions.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { resetUsername } from './reset-username.ts';
import { type Rights, rightsAt } from './rights.ts';
import { accountsRoutes } from './routes.ts';
import type { AgeBand } from './schemas/shapes.ts';
import { createSetup } from './setup.ts';
import { lockNoticeHandler } from './sign-in-locks.ts';
import type { SigningKeys } from './signing-keys.ts';
import { isActiveAt, type Standing, setStanding } from './standing.ts';
import type { AccountsTools } from './tools.ts';

export type { DecideState } from './account-state.ts';
export { aboveYourRole, lastAdmin, userNotFound } from './errors.ts';
export {
  accountChanged,
  accountErased,
  accountRegistered,
  accountSeen,
  securityNoted,
  sessionsEnded,
} from './events.ts';
export { type Role, roles, rolesOf } from './permissions.ts';
export { type AgeBand, ageBands } from './schemas/shapes.ts';
export { type SecurityCode, securityCodes } from './security-codes.ts';
export {
  generateSigningKeys,
  loadSigningKeys,
  rotateSigningKeys,
  rotateSigningKeysIn,
  type SigningKeys,
} from './signing-keys.ts';
export { checkMayActOn, mayActOn } from './staff-access.ts';
export { FOREVER, type Standing } from './standing.ts';
export type { ImportedAccount };

/** What other modules may know of an account. */
export type AccountFacts = {
  accountId: string;
  username: string;
  role: Role;
  ageBand: AgeBand;
  locale: 'en' | 'ru';
  isActive: boolean;
  /** A sanction keeps them out of every search. */
  isHidden: boolean;
  isEmailVerified: boolean;
  createdAt: Date;
  lastActiveAt: Date;
};

export type Accounts = {
  routes: readonly Door[];
  jobHandlers: readonly JobHandler[];
  /** The handlers that make archives of what is held about a person: here, and by the modules of the exporters. */
  exportHandlers(exporters: readonly Exporter[]): readonly JobHandler[];
  /** Every permission that some role has. */
  permissions: ReadonlySet<string>;
  authenticate(token: string): Promise<Actor>;
  /** In no order; ids that do not exist are left out. */
  findAccounts(db: Queryable, accountIds: readonly string[]): Promise<AccountFacts[]>;
  /** People, not guests nor those who are gone, by ascending id, at most `limit` after the given one. */
  findPeopleAfter(db: Queryable, accountId: string, limit: number): Promise<AccountFacts[]>;
  findAccountByUsername(db: Queryable, username: string): Promise<AccountFacts | undefined>;
  /** Whatever the case of the names; unknown ones are left out. */
  findByUsername(db: Queryable, usernames: readonly string[]): Promise<{ accountId: string; username: string }[]>;
  /** Where letters to the account go; undefined unless the address is confirmed and the account active. */
  findMailAddress(db: Queryable, accountId: string): Promise<string | undefined>;
  noteActivity(accountId: string): Promise<void>;
  /** Those of the sessions that may still be used, with the rights of their accounts at this moment. */
  findSessionRights(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Rights>>;
  createAdmin(admin: NewAdmin): Promise<string>;
  /** A link by which the first administrator can be made, good until the server ends; nothing when there is one. */
  openSetup(baseUrl: string): Promise<string | undefined>;
  /** The pages behind links in mail and behind those that people share. */
  openPages(app: FastifyInstance, options: { appStoreUrl?: string | undefined }): void;
  importAccounts(tx: Tx, accounts: readonly ImportedAccount[]): Promise<number>;
  countAccounts(): Promise<number>;
  /** Deletes what has had its time; every hour or so, on any node. */
  keepHouse(): Promise<void>;
  /** How many people there are, came and were here. */
  measureAccounts(): Promise<AccountFigures>;
  /** Whoever changes what is in force against somebody waits for the others who do. */
  lockStanding(tx: Tx, accountId: string): Promise<void>;
  /** Puts sanctions into force, or out of it: at every request, on open sockets and in the search. */
  setStanding(tx: Tx, accountId: string, standing: Standing): Promise<void>;
  /** Until when the address and Apple ID of somebody who has left stay refused, decided anew; nothing while they are here. */
  keepOut(tx: Tx, accountId: string, until: Date | undefined): Promise<void>;
  /** Gives somebody a neutral username instead of the own; returns it. */
  resetUsername(tx: Tx, accountId: string): Promise<string>;
  /** Queues a letter to the person's confirmed address, if there is one. */
  writeTo(tx: Tx, accountId: string, name: MailName, values: Record<string, string | number>): Promise<void>;
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
  textRules: Pick<TextRules, 'judge'>;
  mailer: Mailer;
  archives: FileStore;
  apple?: AppleConfig;
  isStaffTotpRequired: boolean;
  termsVersion: string;
  publicUrl: string;
  decideState: DecideState;
  findKeptOutUntil: AccountsTools['findKeptOutUntil'];
}): Accounts {
  const { keys, publicUrl, clock, ids, mailer, apple, ...rest } = options;
  const tools: AccountsTools = {
    ...rest,
    keys,
    publicUrl,
    clock,
    ids,
    ...(apple && { apple: createApple(apple, clock) }),
    setup: createSetup(),
    passwords: createPasswords(),
    passwordRules: createPasswordRules(),
    tokens: createAccessTokens(keys, publicUrl, clock, ids),
    findSessionActor: gather((sessionIds) => findSessionActors(options.db.read, sessionIds, clock.now())),
    refreshTokens: createRefreshTokens(keys.deriveSecret('refresh-tokens')),
    secrets: { lookup: keys.deriveSecret('lookup'), box: keys.deriveSecret('box'), links: keys.deriveSecret('links') },
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
    exportHandlers: (exporters) => exportJobHandlers(tools, exporters),
    permissions: new Set(roles.flatMap((role) => [...permissionsOf[role]])),
    authenticate: (token) => authenticate(tools, token),
    async findAccounts(db, accountIds) {
      const rows = await findAccountsById(db, accountIds);
      return rows.map((row) => presentFacts(row, clock.now()));
    },
    async findPeopleAfter(db, accountId, limit) {
      const rows = await findPeopleAfter(db, accountId, limit);
      const now = clock.now();
      return rows.map((row) => presentFacts(row, now));
    },
    async findAccountByUsername(db, username) {
      const row = await findAccountByUsername(db, foldName(username));
      return row && presentFacts(row, clock.now());
    },
    async findByUsername(db, usernames) {
      if (usernames.length === 0) return [];
      const rows = await findAccountsByUsername(db, usernames.map(foldName));
      return rows.map((row) => ({ accountId: row.account_id, username: row.username }));
    },
    async findMailAddress(db, accountId) {
      const row = await findAccount(db, accountId);
      return row && isActiveAt(row, clock.now()) && row.email_verified_at ? (row.email ?? undefined) : undefined;
    },
    noteActivity: (accountId) => noteActivity(tools, accountId),
    async findSessionRights(sessionIds) {
      const rows = await findLiveSessions(options.db.read, sessionIds, clock.now());
      const now = clock.now();
      return new Map(rows.map((row) => [row.session_id, rightsAt(tools, row, now)]));
    },
    createAdmin: (admin) => createAdmin(tools, admin),
    openSetup: (baseUrl) => openSetup(tools, baseUrl),
    openPages(app, { appStoreUrl }) {
      openPages(app, tools.setup);
      openLinkPages(app, { publicUrl: options.publicUrl, appStoreUrl });
    },
    importAccounts: (tx, imported) => importAccounts(tools, tx, imported),
    countAccounts: () => countAccounts(options.db.read),
    keepHouse: () => keepHouse(tools),
    measureAccounts: () => measureAccounts(options.db.read, clock.now()),
    async lockStanding(tx, accountId) {
      await lockAccount(tx, accountId);
    },
    setStanding: (tx, accountId, standing) => setStanding(tools, tx, accountId, standing),
    async keepOut(tx, accountId, until) {
      await updateBansOf(tx, accountId, until ?? clock.now());
    },
    resetUsername: (tx, accountId) => resetUsername(tools, tx, accountId),
    async writeTo(tx, accountId, name, values) {
      const account = await findAccount(tx, accountId);
      if (!account?.email || !account.email_verified_at) return;
      const { email: to, locale, username } = account;
      await queueMail(tools, tx, { name, to, locale, values: { username, ...values } });
    },
  };
}

const presentFacts = (row: AccountFactsRow, now: Date): AccountFacts => ({
  accountId: row.account_id,
  username: row.username,
  role: row.role,
  ageBand: row.age_band,
  locale: row.locale,
  isActive: isActiveAt(row, now),
  isHidden: row.hidden_until !== null && row.hidden_until > now,
  isEmailVerified: row.email_verified_at !== null,
  createdAt: row.created_at,
  lastActiveAt: row.last_active_at,
});
