import type { Audit } from '#platform/audit.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Tx } from '#platform/database.ts';
import type { Announce } from '#platform/events.ts';
import type { FileStore } from '#platform/files.ts';
import type { Ids } from '#platform/ids.ts';
import type { Enqueue } from '#platform/jobs.ts';
import type { Cursors } from '#platform/paging.ts';
import type { TextRules } from '#platform/text-rules.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { DecideState } from './account-state.ts';
import type { Apple } from './apple.ts';
import type { PasswordRules } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { SessionActorRow } from './queries/sessions.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { Setup } from './setup.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What the actions of this module work with. */
export type AccountsTools = {
  readonly db: Database;
  readonly announce: Announce;
  readonly enqueue: Enqueue;
  readonly audit: Audit;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly textRules: Pick<TextRules, 'judge'>;
  readonly passwords: Passwords;
  readonly passwordRules: PasswordRules;
  readonly tokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  /** The account behind a live session. Asked at every request, so requests of one moment ask together. */
  findSessionActor(sessionId: string): Promise<SessionActorRow | undefined>;
  readonly keys: SigningKeys;
  /** Absent unless Sign in with Apple is configured. */
  readonly apple?: Apple;
  /** Whether staff have their rights only with two-step sign-in. */
  readonly isStaffTotpRequired: boolean;
  /** Of the terms in force. */
  readonly termsVersion: string;
  /** Where the archives of exports lie. */
  readonly archives: FileStore;
  /** What links in mail begin with. */
  readonly publicUrl: string;
  readonly decideState: DecideState;
  /** Until when bans, suspensions and open cases keep somebody out; undefined when nothing does. */
  findKeptOutUntil(tx: Tx, accountId: string): Promise<Date | undefined>;
  /** Open while the first administrator can be made by a link. */
  readonly setup: Setup;
  readonly secrets: {
    /** Keys hashes by which something private is found again. */
    readonly lookup: Uint8Array;
    /** Encrypts what must be read again. */
    readonly box: Uint8Array;
    /** Signs links to archives. */
    readonly links: Uint8Array;
  };
};
