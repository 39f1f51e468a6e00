import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import { isNotBlocked } from './blocks.ts';

/** How many members a chat may have for everyone to be told of each other's marks at once. */
export const MAX_TOLD_OF_MARKS = 100;

export type Mark = 'read' | 'delivered';
type MovedMark = { read_seq: number; shown_read_seq: number; shown_delivered_seq: number; told_ids: string[] };

/**
 * Moves a mark forward, never back nor past the newest message. Others see it unless the member hides receipts, and never
 * behind a block nor before a request is accepted. That somebody has read is stored as news, too, for whoever keeps the
 * badges of other devices.
 * Nothing comes back when nothing moved.
 */
export async function updateMark(
  db: Queryable,
  { chatId, accountId, seq, mark }: { chatId: string; accountId: string; seq: number; mark: Mark },
): Promise<MovedMark | undefined> {
  const isRead = mark === 'read';
  const { rows } = await sql<MovedMark>`
    with place as (
      select member_count, least(${seq}::integer, last_seq) as reached,
        not is_blocked and requester_id is null and coalesce((
          select shows_receipts from messenger_settings where account_id = ${accountId}), true) as is_shown
      from chats where chat_id = ${chatId}
    ),
    moved as (
      update chat_members as mine
      set read_seq = case when ${isRead} then greatest(read_seq, reached) else read_seq end,
        is_marked_unread = is_marked_unread and not ${isRead},
        shown_read_seq = case when ${isRead} and is_shown then greatest(shown_read_seq, reached) else shown_read_seq end,
        shown_delivered_seq = case when is_shown then greatest(shown_delivered_seq, reached) else shown_delivered_seq end,
        own_xid = case when ${isRead} then pg_current_xact_id() else own_xid end,
        marks_xid = case when is_shown then pg_current_xact_id() else marks_xid end
      from place
      where mine.chat_id = ${chatId} and mine.account_id = ${accountId} and mine.state = 'active'
        and case when ${isRead} then read_seq < reached or is_marked_unread
          else is_shown and shown_delivered_seq < reached end
      returning read_seq, shown_read_seq, shown_delivered_seq, case when is_shown and member_count <= ${MAX_TOLD_OF_MARKS}
        then array(
          select account_id from chat_members as others
          where others.chat_id = ${chatId} and others.state = 'active' and ${isNotBlocked(accountId, sql`others.account_id`)})
        else array[mine.account_id] end as told_ids
    ),
    news as (
      insert into chat_news (chat_id, from_seq, seq, reader_id, change)
      select ${chatId}::uuid, 0, read_seq, ${accountId}::uuid, 'read' from moved where ${isRead}
    )
    select * from moved`.execute(db);
  return rows[0];
}

/** Clears history up to a message for one member; only forward. A message that came after it brings a dismissed chat back. */
export async function updateClearedSeq(
  db: Queryable,
  { chatId, accountId, seq, isDismissed }: { chatId: string; accountId: string; seq: number; isDismissed: boolean },
): Promise<void> {
  await sql`
    with cleared as (
      update chat_members
      set cleared_seq = greatest(cleared_seq, least(${seq}::integer, last_seq)),
        read_seq = greatest(read_seq, least(${seq}::integer, last_seq)),
        dismissed_seq = case when ${isDismissed} then least(${seq}::integer, last_seq) else dismissed_seq end,
        own_xid = pg_current_xact_id()
      from chats
      where chats.chat_id = ${chatId} and chat_members.chat_id = ${chatId} and account_id = ${accountId}
      returning read_seq
    )
    insert into chat_news (chat_id, from_seq, seq, reader_id, change)
    select ${chatId}::uuid, 0, read_seq, ${accountId}::uuid, 'read' from cleared`.execute(db);
}

/** Who has read, or at least received, a message: only those who show it. */
export async function listReceipts(
  db: Queryable,
  chatId: string,
  { seq, authorId, after, limit }: { seq: number; authorId: string; after: string | undefined; limit: number },
) {
  const { rows } = await sql<{ account_id: string; is_read: boolean }>`
    select account_id, shown_read_seq >= ${seq} as is_read from chat_members
    where chat_id = ${chatId} and state = 'active' and account_id <> ${authorId} and visible_from_seq <= ${seq}
      and shown_delivered_seq >= ${seq} and account_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
    order by account_id limit ${limit}`.execute(db);
  return rows;
}

export const findSettings = (db: Queryable, accountId: string) =>
  db.selectFrom('messenger_settings').selectAll().where('account_id', '=', accountId).executeTakeFirst();

export const upsertSettings = (db: Queryable, accountId: string, patch: { shows_receipts?: boolean }) =>
  db
    .insertInto('messenger_settings')
    .values({ account_id: accountId, ...patch })
    .onConflict((oc) => oc.column('account_id').doUpdateSet({ account_id: accountId, ...patch }))
    .returningAll()
    .executeTakeFirstOrThrow();

/** Which of the others have written to the account in their direct chat, so that the two know each other. */
export async function findOpenPeers(
  db: Queryable,
  accountId: string,
  otherIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ account_id: string }>`
    select other.account_id
    from unnest(${otherIds}::uuid[]) as other (account_id)
    join chats on direct_key = least(other.account_id, ${accountId}::uuid) || ':' || greatest(other.account_id, ${accountId}::uuid)
    where requester_id is null and not is_blocked
      and exists (select from messages where messages.chat_id = chats.chat_id and author_id = other.account_id)`.execute(
    db,
  );
  return new Set(rows.map(({ account_id }) => account_id));
}
