import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation, type Tx } from '#platform/database.ts';
import type { Locale } from '#platform/errors.ts';
import { passText } from '#platform/text-rules.ts';
import { inputFault } from '#platform/validation.ts';
import type { AppleIdentity } from '../apple.ts';
import { queueAppleExchange } from '../apple-jobs.ts';
import { lockAppleAccount, readAppleProof, spendAppleProof } from '../apple-proof.ts';
import { isBannedIdentity } from '../bans.ts';
import { accountBlocked, alreadyRegistered, registrationNeeded, termsOutdated, usernameTaken } from '../errors.ts';
import { accountRegistered } from '../events.ts';
import { foldName, isReservedName } from '../names.ts';
import { presentAccount } from '../present.ts';
import { insertAccount, lockAccount, updateAccount } from '../queries/accounts.ts';
import { findAppleIdentity, insertAppleIdentity } from '../queries/apple.ts';
import type { AppleBody } from '../schemas/apple.ts';
import type { SignedIn } from '../schemas/sign-in.ts';
import { endChosenSessions, openSession } from '../sessions.ts';
import { isActiveAt } from '../standing.ts';
import type { AccountRow } from '../tables.ts';
import type { AccountsTools } from '../tools.ts';
import { checkSecondFactor } from '../totp.ts';
import { RESERVED_WORD } from './register.ts';

type Body = Static<typeof AppleBody>;

/**
 * Signs in the account that Apple's subject belongs to, or makes one: a guest who asks keeps the id. An account with the
 * same address is never touched: an address proves nothing here. Nor is that of a user who asks: a token alone must not
 * add a way in (`linkApple`).
 */
export async function signInWithApple(
  tools: AccountsTools,
  actor: Actor | undefined,
  body: Body,
  locale: Locale,
  userAgent?: string,
): Promise<Required<Static<typeof SignedIn>>> {
  const identity = await readAppleProof(tools, body);
  const known = await findAppleIdentity(tools.db.read, identity.subject);
  if (known) await checkSecondFactor(tools, known.account_id, body.totp);
  try {
    return await tools.db.transaction(async (tx) => {
      const account = known
        ? await lockAppleAccount(tx, known)
        : await link(tools, tx, await findOrMake(tools, tx, actor, identity, body, locale), identity);
      if (!account || !isActiveAt(account, tools.clock.now())) throw accountBlocked({ accountId: account?.account_id });
      await spendAppleProof(tools, tx, body, identity);
      if (body.authorizationCode !== undefined)
        await queueAppleExchange(tools, tx, account.account_id, body.authorizationCode, identity.clientId);
      const tokens = await openSession(tools, tx, account, { name: body.deviceName, userAgent });
      return { user: presentAccount(tools, account), tokens };
    });
  } catch (error) {
    if (isUniqueViolation(error, 'accounts_username_key_key')) throw usernameTaken();
    throw error;
  }
}

async function findOrMake(
  tools: AccountsTools,
  tx: Tx,
  actor: Actor | undefined,
  identity: AppleIdentity,
  body: Body,
  locale: Locale,
): Promise<AccountRow> {
  if (await isBannedIdentity(tools, tx, identity)) throw accountBlocked();
  const present = actor && (await lockAccount(tx, actor.accountId));
  if (present && present.role !== 'guest') throw alreadyRegistered();

  const { username, ageBand, acceptedTerms } = body;
  if (username === undefined || ageBand === undefined || acceptedTerms === undefined) throw registrationNeeded();
  if (acceptedTerms !== tools.termsVersion) throw termsOutdated();
  if (isReservedName(foldName(username))) throw inputFault('/body/username', 'format', RESERVED_WORD);
  passText(tools.textRules, 'username', username, '/body/username');
  const now = tools.clock.now();
  const row = {
    username,
    username_key: foldName(username),
    email: identity.email ?? null,
    email_key: identity.email ? foldName(identity.email) : null,
    email_verified_at: identity.email ? now : null,
    role: 'user',
    age_band: ageBand,
    locale: body.locale ?? locale,
    accepted_terms: acceptedTerms,
    last_active_at: now,
  } as const;
  if (present) await endChosenSessions(tools, tx, { accountId: present.account_id });
  const account = await (present
    ? updateAccount(tx, present.account_id, row)
    : insertAccount(tx, { ...row, account_id: tools.ids.next(), created_at: now }));
  await tools.announce(tx, accountRegistered, { accountId: account.account_id });
  return account;
}

async function link(
  { clock }: AccountsTools,
  tx: Tx,
  account: AccountRow,
  { subject, clientId }: AppleIdentity,
): Promise<AccountRow> {
  const row = { subject, account_id: account.account_id, client_id: clientId, linked_at: clock.now() };
  await insertAppleIdentity(tx, row);
  return account;
}
