import { Type } from 'typebox';
import type { Tx } from '#platform/database.ts';
import { defineJob, type JobHandler, jobHandler } from '#platform/jobs.ts';
import { lockAppleIdentityOf, updateAppleToken } from './queries/apple.ts';
import { seal, unseal } from './secret-box.ts';
import type { AccountsTools } from './tools.ts';

const exchangeJob = defineJob(
  'accounts.apple_exchange',
  Type.Object({ accountId: Type.String(), code: Type.String(), clientId: Type.String() }),
);
const revokeJob = defineJob(
  'accounts.apple_revoke',
  Type.Object({ accountId: Type.String(), sealedToken: Type.String(), clientId: Type.String() }),
);

/** Has the code of a sign-in exchanged for the token by which Apple can be told of a deletion one day. */
export const queueAppleExchange = (
  { enqueue }: AccountsTools,
  tx: Tx,
  accountId: string,
  code: string,
  clientId: string,
): Promise<void> => enqueue(tx, exchangeJob, { accountId, code, clientId });

/** Has Apple told that the account is gone (App Review 5.1.1(v), TN3194). Apple gets as many tries as a mail server. */
export async function queueAppleRevocation({ enqueue }: AccountsTools, tx: Tx, accountId: string): Promise<void> {
  const identity = await lockAppleIdentityOf(tx, accountId);
  if (!identity?.refresh_token) return;
  const sealedToken = identity.refresh_token.toString('base64');
  await enqueue(tx, revokeJob, { accountId, sealedToken, clientId: identity.client_id });
}

export const appleJobHandlers = (tools: AccountsTools): JobHandler[] => [
  jobHandler(exchangeJob, async ({ accountId, code, clientId }) => {
    const token = await tools.apple?.exchange(code, clientId);
    if (token === undefined) return;
    const sealed = seal(tools.secrets.box, accountId, token);
    await tools.db.transaction(async (tx) => {
      if (await updateAppleToken(tx, accountId, sealed)) return;
      // The account, or Apple's part of it, went while the exchange waited: nobody else knows this token.
      await tools.enqueue(tx, revokeJob, { accountId, sealedToken: sealed.toString('base64'), clientId });
    });
  }),
  jobHandler(revokeJob, async ({ accountId, sealedToken, clientId }) => {
    const token = unseal(tools.secrets.box, accountId, Buffer.from(sealedToken, 'base64'));
    await tools.apple?.revoke(token, clientId);
  }),
];
