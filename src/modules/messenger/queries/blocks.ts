import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/database.ts';

export const insertBlock = (tx: Tx, accountId: string, otherId: string) =>
  tx
    .insertInto('chat_blocks')
    .values([
      { account_id: accountId, other_id: otherId },
      { account_id: otherId, other_id: accountId },
    ])
    .onConflict((oc) => oc.doNothing())
    .execute();

export const deleteBlock = (tx: Tx, accountId: string, otherId: string) =>
  tx
    .deleteFrom('chat_blocks')
    .where((eb) =>
      eb.or([
        eb.and({ account_id: accountId, other_id: otherId }),
        eb.and({ account_id: otherId, other_id: accountId }),
      ]),
    )
    .execute();

/** The rows of the others lead back, so that no index by the other side is needed. */
export const deleteBlocksOf = (tx: Tx, accountId: string) =>
  sql`
    with own as (delete from chat_blocks where account_id = ${accountId} returning other_id)
    delete from chat_blocks using own
    where chat_blocks.account_id = own.other_id and chat_blocks.other_id = ${accountId}`.execute(tx);

/** That there is no block between the account and the other one, a column, whichever of them made it. */
export const isNotBlocked = (accountId: string, other: RawBuilder<unknown>) => sql<boolean>`not exists (
  select from chat_blocks where chat_blocks.account_id = ${accountId} and chat_blocks.other_id = ${other})`;
