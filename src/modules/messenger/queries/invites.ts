import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { InviteRow } from '../tables.ts';

export type NewInvite = Omit<InviteRow, 'uses'>;

export const insertInvite = (tx: Tx, invite: NewInvite): Promise<InviteRow> =>
  tx.insertInto('chat_invites').values(invite).returningAll().executeTakeFirstOrThrow();

export const listInvites = (db: Queryable, chatId: string): Promise<InviteRow[]> =>
  db.selectFrom('chat_invites').selectAll().where('chat_id', '=', chatId).orderBy('invite_id').execute();

export const findInviteByCode = (db: Queryable, code: string, now: Date): Promise<InviteRow | undefined> =>
  db
    .selectFrom('chat_invites')
    .selectAll()
    .where('code', '=', code)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .where((eb) => eb.or([eb('max_uses', 'is', null), eb('uses', '<', eb.ref('max_uses'))]))
    .executeTakeFirst();

/** Takes one use of an invitation that is still valid; nothing comes back when there is none left. */
export const takeInviteUse = (tx: Tx, inviteId: string, now: Date): Promise<InviteRow | undefined> =>
  tx
    .updateTable('chat_invites')
    .set((eb) => ({ uses: eb('uses', '+', 1) }))
    .where('invite_id', '=', inviteId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .where((eb) => eb.or([eb('max_uses', 'is', null), eb('uses', '<', eb.ref('max_uses'))]))
    .returningAll()
    .executeTakeFirst();

export const findInvite = (db: Queryable, chatId: string, inviteId: string): Promise<InviteRow | undefined> =>
  db
    .selectFrom('chat_invites')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('invite_id', '=', inviteId)
    .executeTakeFirst();

export const updateInviteCode = (tx: Tx, inviteId: string, code: string): Promise<InviteRow> =>
  tx
    .updateTable('chat_invites')
    .set({ code })
    .where('invite_id', '=', inviteId)
    .returningAll()
    .executeTakeFirstOrThrow();

export const deleteInvite = (tx: Tx, chatId: string, inviteId: string) =>
  tx.deleteFrom('chat_invites').where('chat_id', '=', chatId).where('invite_id', '=', inviteId).execute();

export const deleteInvites = (tx: Tx, chatId: string) =>
  tx.deleteFrom('chat_invites').where('chat_id', '=', chatId).execute();

/** Returns whether it is new. */
export async function insertJoinRequest(
  tx: Tx,
  request: { chat_id: string; account_id: string; newcomer_history: number | null; created_at: Date },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('join_requests')
    .values(request)
    .onConflict((oc) => oc.doNothing())
    .returning('chat_id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export const findJoinRequest = (db: Queryable, chatId: string, accountId: string) =>
  db
    .selectFrom('join_requests')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();

export async function listJoinRequests(db: Queryable, chatId: string, after: string | undefined, limit: number) {
  const { rows } = await sql<{ account_id: string; created_at: Date }>`
    select account_id, created_at from join_requests
    where chat_id = ${chatId} and account_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
    order by account_id limit ${limit}`.execute(db);
  return rows;
}

export async function deleteJoinRequest(tx: Tx, chatId: string, accountId: string) {
  return tx
    .deleteFrom('join_requests')
    .where('chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .returningAll()
    .executeTakeFirst();
}

export const deleteJoinRequests = (tx: Tx, chatId: string) =>
  tx.deleteFrom('join_requests').where('chat_id', '=', chatId).execute();
