import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { MemberRole } from '../rights.ts';
import type { MemberPatch, MemberRow, Membership } from '../tables.ts';
import { isNotBlocked } from './blocks.ts';

/** Whoever is or was in the chat: the caller looks at `state`. */
export const findMembership = (db: Queryable, chatId: string, accountId: string): Promise<Membership | undefined> =>
  db
    .selectFrom('chats')
    .innerJoin('chat_members', 'chat_members.chat_id', 'chats.chat_id')
    .selectAll()
    .where('chats.chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();

export const findMember = (db: Queryable, chatId: string, accountId: string) =>
  db
    .selectFrom('chat_members')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();

export const findMembers = (db: Queryable, chatId: string, accountIds: readonly string[]) =>
  db
    .selectFrom('chat_members')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where(sql<boolean>`account_id = any(${accountIds}::uuid[])`)
    .execute();

export async function findMemberIds(db: Queryable, chatId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('chat_members')
    .select('account_id')
    .where('chat_id', '=', chatId)
    .where('state', '=', 'active')
    .execute();
  return rows.map(({ account_id }) => account_id);
}

/** Whom a member's typing may be shown to: the others, without those behind a block. */
export async function findOnlookers(db: Queryable, chatId: string, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('chat_members')
    .select('account_id')
    .where('chat_id', '=', chatId)
    .where('state', '=', 'active')
    .where('account_id', '<>', accountId)
    .where(isNotBlocked(accountId, sql`chat_members.account_id`))
    .execute();
  return rows.map(({ account_id }) => account_id);
}

/** Members who are told of what happens: who turned a request down hears no more of it. */
export async function findAudience(db: Queryable, chatId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('chat_members')
    .select('account_id')
    .where('chat_id', '=', chatId)
    .where('state', '=', 'active')
    .where('refused_at', 'is', null)
    .execute();
  return rows.map(({ account_id }) => account_id);
}

export async function findOwnerId(db: Queryable, chatId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('chat_members')
    .select('account_id')
    .where('chat_id', '=', chatId)
    .where('state', '=', 'active')
    .where('role', '=', 'owner')
    .executeTakeFirst();
  return row?.account_id;
}

/** Active members, or the banned ones, in the order of their ids. */
export function listMembers(
  db: Queryable,
  chatId: string,
  { state, after, limit }: { state: 'active' | 'banned'; after: string | undefined; limit: number },
): Promise<MemberRow[]> {
  const query = db
    .selectFrom('chat_members')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('state', '=', state)
    .orderBy('account_id')
    .limit(limit);
  return (after === undefined ? query : query.where('account_id', '>', after)).execute();
}

export type Entry = {
  chatId: string;
  accountId: string;
  role: MemberRole;
  invitedBy: string | undefined;
  visibleFromSeq: number;
  /** What was said before their joining counts as read. */
  readSeq: number;
  rev: number;
  now: Date;
};

/** Takes somebody in, for the first time or anew. What they did not see while they were away they do not see now. */
export async function upsertMember(tx: Tx, entry: Entry): Promise<MemberRow> {
  const { rows } = await sql<MemberRow>`
    insert into chat_members (chat_id, account_id, role, rev, created_rev, joined_rev, joined_at, invited_by,
      visible_from_seq, read_seq)
    values (${entry.chatId}, ${entry.accountId}, ${entry.role}, ${entry.rev}, ${entry.rev}, ${entry.rev}, ${entry.now},
      ${entry.invitedBy ?? null}, ${entry.visibleFromSeq}, ${entry.readSeq})
    on conflict (chat_id, account_id) do update
    set role = excluded.role, state = 'active', rev = excluded.rev, joined_rev = excluded.rev,
      joined_at = excluded.joined_at, invited_by = excluded.invited_by,
      visible_from_seq = excluded.visible_from_seq, read_seq = greatest(chat_members.read_seq, excluded.read_seq),
      dismissed_seq = -1, own_xid = pg_current_xact_id()
    returning *`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('an upsert returned nothing');
  return row;
}

/** A change of role or state. */
export const updateMember = (tx: Tx, chatId: string, accountId: string, patch: MemberPatch): Promise<MemberRow> =>
  tx
    .updateTable('chat_members')
    .set(patch)
    .where('chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .returningAll()
    .executeTakeFirstOrThrow();

/** A change of what is the member's own business; the order of transactions tells their other devices of it. */
export const updateOwnState = (db: Queryable, chatId: string, accountId: string, patch: MemberPatch) =>
  db
    .updateTable('chat_members')
    .set({ ...patch, own_xid: sql<string>`pg_current_xact_id()` })
    .where('chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .execute();

/** Who takes over when the owner goes: the longest-serving admin, else whoever came first. */
export const findHeir = (tx: Tx, chatId: string) =>
  tx
    .selectFrom('chat_members')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('state', '=', 'active')
    .where('role', '<>', 'owner')
    .orderBy(sql`case role when 'admin' then 0 else 1 end`)
    .orderBy('joined_rev')
    .orderBy('account_id')
    .limit(1)
    .executeTakeFirst();

/** Of those who are told of what happens: which may see the message with this number. */
export async function findViewers(tx: Tx, chatId: string, seq: number): Promise<{ seeing: string[]; blind: string[] }> {
  const { rows } = await sql<{ account_id: string; can_see: boolean }>`
    select account_id, visible_from_seq <= ${seq} and cleared_seq < ${seq} and not exists (
      select from hidden_messages as hidden
      where hidden.chat_id = ${chatId} and hidden.seq = ${seq} and hidden.account_id = chat_members.account_id) as can_see
    from chat_members where chat_id = ${chatId} and state = 'active' and refused_at is null`.execute(tx);
  return {
    seeing: rows.filter(({ can_see }) => can_see).map(({ account_id }) => account_id),
    blind: rows.filter(({ can_see }) => !can_see).map(({ account_id }) => account_id),
  };
}

/** Everybody leaves at once: the chat ends. */
export const dismissAllMembers = (tx: Tx, chatId: string) =>
  tx
    .updateTable('chat_members')
    .set({ state: 'removed', role: 'member' })
    .where('chat_id', '=', chatId)
    .where('state', '=', 'active')
    .execute();

export async function findActiveChatIds(db: Queryable, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('chat_members')
    .select('chat_id')
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .execute();
  return rows.map(({ chat_id }) => chat_id);
}

/** Drafts, settings, what was deleted for oneself, and what waits for an answer. */
export async function deleteOwnTraces(tx: Tx, accountId: string): Promise<void> {
  await tx
    .updateTable('chat_members')
    .set({ draft_text: '', draft_reply_to_seq: null })
    .where('account_id', '=', accountId)
    .execute();
  await tx.deleteFrom('messenger_settings').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('hidden_messages').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('join_requests').where('account_id', '=', accountId).execute();
}
