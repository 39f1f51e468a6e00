import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation, type Tx } from '#platform/database.ts';
import type { Locale } from '#platform/errors.ts';
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
import type { AccountRow } from '../tables.ts';
import type { AccountsTools } from '../tools.ts';

type Body = Static<typeof RegisterBody>;
type Answer = Required<Static<typeof SignedIn>>;

/**
 * Makes a user and signs them in; a guest who asks becomes that user and keeps the id. Safe to retry: the same
 * registration within ten minutes signs in again.
 */
export async function register(
  tools: AccountsTools,
  actor: Actor | undefined,
  body: Body,
  locale: Locale,
  userAgent?: string,
): Promise<Answer> {
  const usernameKey = foldName(body.username);
  if (body.acceptedTerms !== tools.termsVersion) throw termsOutdated();
  if (isReservedName(usernameKey)) throw inputFault('/body/username', 'format', RESERVED_WORD);
  passText(tools.textRules, 'username', body.username, '/body/username');
  tools.passwordRules.check(body.password, [body.username, body.email]);
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
    if (!isUniqueViolation(error, 'accounts_username_key_key')) throw error;
    return signInAgain(tools, body, usernameKey, userAgent);
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

/** A client that lost the first answer asks again: whoever knows name, address and password of a fresh account made it. */
async function signInAgain(
  tools: AccountsTools,
  body: Body,
  usernameKey: string,
  userAgent: string | undefined,
): Promise<Answer> {
  const account = await findAccountByUsername(tools.db.read, usernameKey);
  const isFresh = account && tools.clock.now().getTime() - account.created_at.getTime() < RETRY_MS;
  if (!isFresh || account.email_key !== foldName(body.email) || account.state !== 'active') throw usernameTaken();
  if (!(await tools.passwords.verify(account.password_hash ?? undefined, body.password))) throw usernameTaken();
  const device = { name: body.deviceName, userAgent };
  const tokens = await tools.db.transaction((tx) => openSession(tools, tx, account, device));
  return { user: presentAccount(tools, account), tokens };
}

const RETRY_MS = 600_000;

export const RESERVED_WORD = { en: 'is a reserved word', ru: 'зарезервировано' };
