import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { unauthenticated } from '#platform/errors.ts';
import { inputFault } from '#platform/validation.ts';
import { isBannedEmail } from '../bans.ts';
import { hashLink, type RightCode, readCode, tryCode, useCode } from '../codes.ts';
import { accountBlocked, wrongCode } from '../errors.ts';
import { securityNoted } from '../events.ts';
import { queueMail } from '../mails.ts';
import { foldName } from '../names.ts';
import { lockAccount, updateAccount } from '../queries/accounts.ts';
import { findCodeByLink, voidCodes } from '../queries/codes.ts';
import type { VerifyEmailBody } from '../schemas/credentials.ts';
import { endChosenSessions } from '../sessions.ts';
import type { AccountRow } from '../tables.ts';
import type { AccountsTools } from '../tools.ts';

/**
 * Confirms an address by the code, typed into the app by its owner, or by the token of the link, opened anywhere. Returns
 * whose it is.
 */
export async function verifyEmail(
  tools: AccountsTools,
  actor: Actor | undefined,
  body: Static<typeof VerifyEmailBody>,
): Promise<string> {
  const { accountId, right } = await readProof(tools, actor, body);
  await tools.db.transaction(async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (!account || account.state === 'deleted') throw wrongCode();
    if (!(await useCode(tx, accountId, 'verify_email', right))) throw wrongCode();
    await confirm(tools, tx, account, right);
  });
  return accountId;
}

async function readProof(
  tools: AccountsTools,
  actor: Actor | undefined,
  { token, code }: Static<typeof VerifyEmailBody>,
): Promise<{ accountId: string; right: RightCode }> {
  if (token !== undefined) return readLink(tools, token);
  if (code === undefined) throw inputFault('/body/code', 'required', CODE_OR_TOKEN);
  return readTyped(tools, actor, code);
}

const CODE_OR_TOKEN = { en: 'must be given, or `token`', ru: 'нужно указать, или `token`' };

async function readLink({ db, clock }: AccountsTools, token: string): Promise<{ accountId: string; right: RightCode }> {
  const row = await findCodeByLink(db.read, 'verify_email', hashLink(token), clock.now());
  if (!row?.code_hash) throw wrongCode();
  return { accountId: row.account_id, right: { codeHash: row.code_hash, email: row.email, sessionId: row.session_id } };
}

async function readTyped(tools: AccountsTools, actor: Actor | undefined, code: string) {
  if (!actor) throw unauthenticated();
  const { accountId } = actor;
  const right = await tryCode(tools, accountId, 'verify_email', readCode(code));
  if (!right) throw wrongCode();
  return { accountId, right };
}

async function confirm(
  tools: AccountsTools,
  tx: Tx,
  account: AccountRow,
  { email, sessionId }: RightCode,
): Promise<void> {
  const { account_id: accountId, username, locale, email: oldEmail } = account;
  if (await isBannedEmail(tools, tx, foldName(email))) throw accountBlocked();
  await updateAccount(tx, accountId, {
    email,
    email_key: foldName(email),
    email_verified_at: tools.clock.now(),
    pending_email: null,
  });
  if (foldName(email) === account.email_key) return;
  await voidCodes(tx, accountId);
  await endChosenSessions(tools, tx, { accountId, ...(sessionId && { exceptSessionId: sessionId }) });
  await tools.announce(tx, securityNoted, { accountId, code: 'email_changed' });
  const old = account.email_verified_at ? oldEmail : null;
  for (const to of new Set([old, email])) {
    if (to) await queueMail(tools, tx, { name: 'emailChanged', to, locale, values: { username, newEmail: email } });
  }
}
