import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation, type Tx } from '#platform/database.ts';
import { type Locale, type Problem, ProblemError, unauthenticated } from '#platform/errors.ts';
import { passText } from '#platform/text-rules.ts';
import { inputFault } from '#platform/validation.ts';
import { makeCode } from '../codes.ts';
import { sendEmailCode } from '../email-codes.ts';
import { alreadyRegistered, termsOutdated, usernameTaken } from '../errors.ts';
import { accountRegistered } from '../events.ts';
import { foldName, isReservedName } from '../names.ts';
import { presentAccount } from '../present.ts';
import { findAccountByUsername, insertAccount, lockAccount, updateAccount } from '../queries/accounts.ts';
import type { RegisterBody, SignedIn } from '../schemas/sign-in.ts';
import { endChosenSessions, openSession } from '../sessions.ts';
import { forgiveSignIn, tryPassword } from '../sign-in-locks.ts';
import { isActiveAt } from '../standing.ts';
import type { AccountRow } from '../tables.ts';
import type { AccountsTools } from '../tools.ts';
import { checkSecondFactor } from '../totp.ts';

type Body = Static<typeof RegisterBody>;
type Answer = Required<Static<typeof SignedIn>>;

/**
 * Makes a user and signs them in; a guest who asks becomes that user and keeps the id. Safe to retry: the same
 * registration within ten minutes signs in again. The token of a guest has ended by the first one, so whoever shows one that
 * has ended may only retry.
 */
export async function register(
  tools: AccountsTools,
  actor: Actor | undefined,
  body: Body,
  locale: Locale,
  userAgent?: string,
  hasEndedToken = false,
): Promise<Answer> {
  const usernameKey = foldName(body.username);
  if (body.acceptedTerms !== tools.termsVersion) throw termsOutdated();
  if (isReservedName(usernameKey)) throw inputFault('/body/username', 'format', RESERVED_WORD);
  passText(tools.textRules, 'username', body.username, '/body/username');
  tools.passwordRules.check(body.password, [body.username, body.email]);
  if (hasEndedToken) return signInAgain(tools, body, usernameKey, userAgent, unauthenticated);
  const passwordHash = await tools.passwords.hash(body.password);
  const newCode = await makeCode(tools);
  const row = {
    username: body.username,
    username_key: usernameKey,
    email: body.email,
    email_key: foldName(body.email),
    password_hash: passwordHash,
    role: 'user',
    age_band: body.ageBand,
    locale: body.locale ?? locale,
    accepted_terms: body.acceptedTerms,
    last_active_at: tools.clock.now(),
    registered_at: tools.clock.now(),
  } as const;

  try {
    return await tools.db.transaction(async (tx) => {
      const account = await (actor ? upgradeGuest(tools, tx, actor, row) : insertUser(tools, tx, row));
      await tools.announce(tx, accountRegistered, { accountId: account.account_id });
      await sendEmailCode(tools, tx, newCode, account, { email: body.email });
      const tokens = await openSession(tools, tx, account, { name: body.deviceName, userAgent });
      return { user: presentAccount(tools, account), tokens };
    });
  } catch (error) {
    if (isUniqueViolation(error, 'accounts_username_key_key'))
      return signInAgain(tools, body, usernameKey, userAgent, usernameTaken);
    // A guest a moment ago: the same request was first.
    if (actor?.role === 'guest' && error instanceof ProblemError && error.definition.code === alreadyRegistered.code)
      return signInAgain(tools, body, usernameKey, userAgent, alreadyRegistered);
    throw error;
  }
}

type NewRow = Omit<Parameters<typeof insertAccount>[1], 'account_id' | 'created_at'>;

const insertUser = ({ ids, clock }: AccountsTools, tx: Tx, row: NewRow): Promise<AccountRow> =>
  insertAccount(tx, { ...row, account_id: ids.next(), created_at: clock.now() });

/** The guest's sessions end: tokens that were worth little must not be worth more now. */
async function upgradeGuest(tools: AccountsTools, tx: Tx, { accountId }: Actor, row: NewRow): Promise<AccountRow> {
  const guest = await lockAccount(tx, accountId);
  if (guest?.role !== 'guest') throw alreadyRegistered();
  await endChosenSessions(tools, tx, { accountId });
  return updateAccount(tx, accountId, row);
}

/**
 * A client that lost the first answer asks again: whoever knows name, address and password of a fresh account made it. The
 * checks are those of a sign-in.
 */
async function signInAgain(
  tools: AccountsTools,
  body: Body,
  usernameKey: string,
  userAgent: string | undefined,
  refusal: Problem,
): Promise<Answer> {
  const account = await findAccountByUsername(tools.db.read, usernameKey);
  const now = tools.clock.now();
  const isFresh = account?.registered_at && now.getTime() - account.registered_at.getTime() < RETRY_MS;
  if (!isFresh || account.email_key !== foldName(body.email) || !isActiveAt(account, now)) throw refusal();
  const subject = { account, typed: usernameKey };
  if (!(await tryPassword(tools, subject, account.password_hash ?? undefined, body.password))) throw refusal();
  await checkSecondFactor(tools, account.account_id, undefined);
  return tools.db.transaction(async (tx) => {
    const locked = await lockAccount(tx, account.account_id);
    if (locked?.password_hash !== account.password_hash || !isActiveAt(locked, now)) throw refusal();
    await forgiveSignIn(tools, tx, subject);
    const tokens = await openSession(tools, tx, locked, { name: body.deviceName, userAgent });
    return { user: presentAccount(tools, locked), tokens };
  });
}

const RETRY_MS = 600_000;

export const RESERVED_WORD = { en: 'is a reserved word', ru: 'зарезервировано' };
