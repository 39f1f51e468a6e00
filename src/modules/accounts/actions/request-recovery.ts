import { Type } from 'typebox';
import { defineJob, type JobHandler, jobHandler } from '#platform/jobs.ts';
import { CODE_MINUTES, groupCode, issueCode, makeCode } from '../codes.ts';
import { resetLink } from '../links.ts';
import { queueMail } from '../mails.ts';
import { foldName } from '../names.ts';
import { findAccountByUsername, findAccountsOfAddress } from '../queries/accounts.ts';
import type { AccountRow } from '../tables.ts';
import type { AccountsTools } from '../tools.ts';

export const recoveryJob = defineJob('accounts.recovery', Type.Object({ identifier: Type.String() }));

/**
 * Begins recovery. Whether there is such an account is found out only afterwards, by a job: the caller gets the same
 * answer in the same time, because the same is done.
 */
export async function requestRecovery({ db, enqueue }: AccountsTools, identifier: string): Promise<void> {
  await db.transaction((tx) => enqueue(tx, recoveryJob, { identifier: foldName(identifier) }));
}

/** Mails all usernames of the address, and one code for each of them, to the address as it is stored. */
export const recoveryHandler = (tools: AccountsTools): JobHandler =>
  jobHandler(recoveryJob, async ({ identifier }) => {
    // Hashed for nobody, too: what the server is busy with afterwards would slow the next answers down, and tell.
    const newCode = await makeCode(tools);
    const accounts = await findRecoverable(tools, identifier);
    if (accounts.length === 0) return;
    const { clock, db } = tools;
    await db.transaction(async (tx) => {
      const allowed: AccountRow[] = [];
      for (const account of accounts) {
        const { account_id: accountId, email } = account;
        if (email && (await issueCode(tools, tx, newCode, { accountId, purpose: 'recovery', email })))
          allowed.push(account);
      }
      const [first] = allowed;
      if (!first?.email) return;
      await queueMail(tools, tx, {
        name: 'recovery',
        to: first.email,
        locale: first.locale,
        values: {
          usernames: allowed.map(({ username }) => username),
          count: allowed.length,
          minutes: CODE_MINUTES,
          code: groupCode(newCode.code),
          url: resetLink(tools, first.username, newCode.code),
        },
        expiresAt: new Date(clock.now().getTime() + CODE_MINUTES * 60_000),
      });
    });
  });

async function findRecoverable({ db }: AccountsTools, identifier: string): Promise<AccountRow[]> {
  if (identifier.includes('@')) return findAccountsOfAddress(db.read, identifier);
  const account = await findAccountByUsername(db.read, identifier);
  return account?.email_key ? orderFirst(await findAccountsOfAddress(db.read, account.email_key), account) : [];
}

/** The account that was asked for stands first; nobody stands there whose own address is not verified,
 * but for one who was invited to it. */
const orderFirst = (accounts: AccountRow[], asked: AccountRow): AccountRow[] =>
  accounts.some(({ account_id }) => account_id === asked.account_id)
    ? accounts.toSorted((a, b) => Number(b.account_id === asked.account_id) - Number(a.account_id === asked.account_id))
    : [];
