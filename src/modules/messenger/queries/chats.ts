import { type RawBuilder, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { ChatPatch, MemberChatRow, MessageRow } from '../tables.ts';

export const directKeyOf = (one: string, other: string): string => [one, other].toSorted().join(':');

export type NewDirectChat = {
  chatId: string;
  directKey: string;
  memberIds: readonly string[];
  requesterId: string | undefined;
  now: Date;
};

/** Makes the direct chat of a pair. Returns false when it exists, even if it was made at this very moment. */
export async function insertDirectChat(tx: Tx, chat: NewDirectChat): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('chats')
    .values({
      chat_id: chat.chatId,
      kind: 'direct',
      direct_key: chat.directKey,
      requester_id: chat.requesterId ?? null,
      member_count: chat.memberIds.length,
      created_at: chat.now,
      last_activity_at: chat.now,
    })
    .onConflict((oc) => oc.column('direct_key').doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows) return false;
  await tx
    .insertInto('chat_members')
    .values(chat.memberIds.map((account_id) => ({ chat_id: chat.chatId, account_id, joined_at: chat.now })))
    .execute();
  return true;
}

/** Taken, after the lock of the pair, by whoever counts what one person has asked of strangers. */
export async function lockRequester(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`messenger requester ${accountId}`}, 0))`.execute(tx);
}

/** When the account began the chats since then that nobody has answered, the latest first. */
export async function findRequestTimes(tx: Tx, accountId: string, since: Date): Promise<Date[]> {
  const rows = await tx
    .selectFrom('chats')
    .select('created_at')
    .where('requester_id', '=', accountId)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(({ created_at }) => created_at);
}

export const insertGroup = (tx: Tx, { chatId, title, now }: { chatId: string; title: string; now: Date }) =>
  tx
    .insertInto('chats')
    .values({ chat_id: chatId, kind: 'group', title, created_at: now, last_activity_at: now })
    .execute();

export const findDirectChatId = (db: Queryable, directKey: string) =>
  db.selectFrom('chats').select('chat_id').where('direct_key', '=', directKey).executeTakeFirst();

export const lockChat = (tx: Tx, chatId: string) =>
  tx.selectFrom('chats').selectAll().where('chat_id', '=', chatId).forUpdate().executeTakeFirst();

export const updateChat = (tx: Tx, chatId: string, patch: ChatPatch) =>
  tx.updateTable('chats').set(patch).where('chat_id', '=', chatId).execute();

/** What `unread` counts up to; an app shows "99+". */
const MAX_UNREAD = 1_000;

/** Chats of a member with everything counted that they are shown with. */
const memberChats = (accountId: string, condition: RawBuilder<unknown>) => sql<MemberChatRow>`
  select chats.*, mine.*, counted.unread, counted.mention_count, marks.others_read_seq, marks.others_delivered_seq
  from chat_members as mine join chats using (chat_id)
  cross join lateral (
    select count(*) as unread, count(*) filter (where is_mention) as mention_count
    from (
      select mine.account_id = any(mentions) or (is_mention_of_all and not mine.is_mass_mention_muted) as is_mention
      from messages
      where messages.chat_id = mine.chat_id
        and seq > greatest(mine.read_seq, mine.cleared_seq, mine.visible_from_seq - 1)
        and author_id <> mine.account_id and deleted_at is null and service is null
        and not exists (
          select from hidden_messages as hidden
          where hidden.chat_id = messages.chat_id and hidden.seq = messages.seq and hidden.account_id = mine.account_id)
      limit ${MAX_UNREAD}) as unread) as counted
  cross join lateral (
    select coalesce(max(shown_read_seq), 0) as others_read_seq,
      coalesce(max(shown_delivered_seq), 0) as others_delivered_seq
    from chat_members as others
    where others.chat_id = mine.chat_id and others.account_id <> mine.account_id) as marks
  where mine.account_id = ${accountId} and mine.state = 'active' and ${condition}`;

export async function findMemberChats(
  db: Queryable,
  accountId: string,
  chatIds: readonly string[],
): Promise<MemberChatRow[]> {
  const { rows } = await memberChats(accountId, sql`mine.chat_id = any(${chatIds}::uuid[])`).execute(db);
  return rows;
}

export type ChatPlace = { lastActivityAt: string; chatId: string };
export type Folder = 'all' | 'requests' | 'archived' | 'unread';

/** Chats that a member has put away are in no list until somebody writes in them. */
export const isListed = sql`mine.refused_at is null and chats.last_seq > mine.dismissed_seq`;

const FOLDERS: Record<Folder, RawBuilder<unknown>> = {
  all: sql`true`,
  requests: sql`chats.requester_id <> mine.account_id`,
  archived: sql`mine.is_archived`,
  unread: sql`(mine.is_marked_unread or counted.unread > 0)`,
};

/** The chats of a member, latest activity first. */
export async function listMemberChats(
  db: Queryable,
  accountId: string,
  { folder, after, limit }: { folder: Folder; after: ChatPlace | undefined; limit: number },
): Promise<MemberChatRow[]> {
  const isAfter = after
    ? sql`(last_activity_at, chats.chat_id) < (${after.lastActivityAt}::timestamptz, ${after.chatId}::uuid)`
    : sql`true`;
  const { rows } = await sql<MemberChatRow>`
    ${memberChats(accountId, sql`${isListed} and ${FOLDERS[folder]} and ${isAfter}`)}
    order by last_activity_at desc, chats.chat_id desc limit ${limit}`.execute(db);
  return rows;
}

/** The newest message of each chat that its member may see. */
export async function findLastMessages(
  db: Queryable,
  accountId: string,
  chatIds: readonly string[],
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select newest.*
    from chat_members as mine cross join lateral (
      select * from messages
      where messages.chat_id = mine.chat_id and seq > greatest(mine.cleared_seq, mine.visible_from_seq - 1)
        and not exists (
          select from hidden_messages as hidden
          where hidden.chat_id = messages.chat_id and hidden.seq = messages.seq and hidden.account_id = mine.account_id)
      order by seq desc limit 1) as newest
    where mine.account_id = ${accountId} and mine.chat_id = any(${chatIds}::uuid[])`.execute(db);
  return rows;
}

export const findChat = (db: Queryable, chatId: string) =>
  db.selectFrom('chats').selectAll().where('chat_id', '=', chatId).executeTakeFirst();

/** Whether each of the two has written to the other in their direct chat. */
export async function findIsTalk(db: Queryable, one: string, other: string): Promise<boolean> {
  const hasWritten = (authorId: string) => sql`exists (
    select from messages
    where messages.chat_id = chats.chat_id and author_id = ${authorId}::uuid and service is null)`;
  const { rows } = await sql<{ is_talk: boolean }>`
    select ${hasWritten(one)} and ${hasWritten(other)} as is_talk
    from chats where direct_key = ${directKeyOf(one, other)}`.execute(db);
  return rows[0]?.is_talk ?? false;
}
