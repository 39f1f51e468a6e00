import { type RawBuilder, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { MemberChatRow, MessageRow } from './tables.ts';

export const directKeyOf = (one: string, other: string): string => [one, other].toSorted().join(':');

export type NewChat = { chatId: string; directKey: string; memberIds: readonly string[]; now: Date };

/** Makes the direct chat of a pair. Returns false when it exists, even if it was made at this very moment. */
export async function insertDirectChat(tx: Tx, { chatId, directKey, memberIds, now }: NewChat): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('chats')
    .values({ chat_id: chatId, kind: 'direct', direct_key: directKey, created_at: now, last_activity_at: now })
    .onConflict((oc) => oc.column('direct_key').doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows) return false;
  await tx
    .insertInto('chat_members')
    .values(memberIds.map((account_id) => ({ chat_id: chatId, account_id, joined_at: now })))
    .execute();
  return true;
}

export const findDirectChatId = (db: Queryable, directKey: string) =>
  db.selectFrom('chats').select('chat_id').where('direct_key', '=', directKey).executeTakeFirst();

/** What `unread` counts up to; an app shows "99+". */
const MAX_UNREAD = 1_000;

const memberChats = (accountId: string, condition: RawBuilder<unknown>) => sql<MemberChatRow>`
  select chats.*, chat_members.read_seq,
    array(select account_id from chat_members as others where others.chat_id = chats.chat_id order by account_id) as member_ids,
    (select count(*) from (
      select from messages
      where messages.chat_id = chats.chat_id and seq > chat_members.read_seq
        and author_id <> chat_members.account_id and deleted_at is null
      limit ${MAX_UNREAD}) as unread) as unread
  from chat_members join chats using (chat_id)
  where chat_members.account_id = ${accountId} and ${condition}`;

export async function findMemberChats(
  db: Queryable,
  accountId: string,
  chatIds: readonly string[],
): Promise<MemberChatRow[]> {
  const { rows } = await memberChats(accountId, sql`chats.chat_id = any(${chatIds}::uuid[])`).execute(db);
  return rows;
}

export type ChatPlace = { lastActivityAt: string; chatId: string };

/** The chats of a member, latest activity first. */
export async function listMemberChats(
  db: Queryable,
  accountId: string,
  after: ChatPlace | undefined,
  limit: number,
): Promise<MemberChatRow[]> {
  const condition = after
    ? sql`(last_activity_at, chats.chat_id) < (${after.lastActivityAt}::timestamptz, ${after.chatId}::uuid)`
    : sql`true`;
  const { rows } = await sql<MemberChatRow>`
    ${memberChats(accountId, condition)}
    order by last_activity_at desc, chats.chat_id desc limit ${limit}`.execute(db);
  return rows;
}

/** The newest revision of every chat of a member. */
export const findRevisions = (db: Queryable, accountId: string) =>
  db
    .selectFrom('chat_members')
    .innerJoin('chats', 'chats.chat_id', 'chat_members.chat_id')
    .select(['chats.chat_id', 'chats.last_rev'])
    .where('account_id', '=', accountId)
    .execute();

export type NewMessage = { chatId: string; authorId: string; clientId: string; text: string; now: Date };

/**
 * Numbers and stores a message in one statement, hence one round trip and one commit. The update of the chat's row is
 * what puts concurrent sends in line. Nothing comes back when the author is no member or the client id is known already;
 * a repeat that runs at the same moment breaks `messages_client_id` instead, and its numbers are rolled back with it.
 */
export async function insertMessage(db: Queryable, message: NewMessage) {
  const { rows } = await sql<MessageRow & { member_ids: string[] }>`
    with numbered as (
      update chats
      set last_seq = last_seq + 1, last_rev = last_rev + 1, last_activity_at = ${message.now}
      where chat_id = ${message.chatId}
        and exists (
          select from chat_members where chat_id = ${message.chatId} and account_id = ${message.authorId})
        and not exists (
          select from messages
          where chat_id = ${message.chatId} and author_id = ${message.authorId} and client_id = ${message.clientId})
      returning chat_id, last_seq, last_rev
    )
    insert into messages (chat_id, seq, rev, created_rev, author_id, client_id, text, created_at)
    select chat_id, last_seq, last_rev, last_rev, ${message.authorId}, ${message.clientId}, ${message.text}, ${message.now}
    from numbered
    returning *, array(select account_id from chat_members where chat_id = ${message.chatId}) as member_ids`.execute(
    db,
  );
  return rows[0];
}

export const findMessageByClientId = (db: Queryable, chatId: string, authorId: string, clientId: string) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('author_id', '=', authorId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();

export const findMember = (db: Queryable, chatId: string, accountId: string) =>
  db
    .selectFrom('chat_members')
    .innerJoin('chats', 'chats.chat_id', 'chat_members.chat_id')
    .select(['chats.last_seq', 'chats.last_rev', 'chat_members.read_seq'])
    .where('chat_members.chat_id', '=', chatId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();

/** Messages below `before`, the nearest first. */
export const findMessagesBefore = (db: Queryable, chatId: string, before: number, limit: number) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('seq', '<', before)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();

/** Messages above `after`, the nearest first. */
export const findMessagesAfter = (db: Queryable, chatId: string, after: number, limit: number) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();

/** Messages by id of chat and number: for the last messages of a list of chats. */
export async function findMessages(
  db: Queryable,
  places: readonly { chatId: string; seq: number }[],
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select messages.*
    from unnest(${places.map(({ chatId }) => chatId)}::uuid[], ${places.map(({ seq }) => seq)}::integer[]) as places (chat_id, seq)
    join messages using (chat_id, seq)`.execute(db);
  return rows;
}

/** Messages whose latest change came after `since`, in the order of changes. */
export const findChangedMessages = (db: Queryable, chatId: string, since: number, limit: number) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('rev', '>', since)
    .orderBy('rev')
    .limit(limit)
    .execute();

/** Moves a read mark forward, never back nor past the newest message. Nothing comes back when it did not move. */
export async function updateReadSeq(db: Queryable, chatId: string, accountId: string, seq: number) {
  const { rows } = await sql<{ read_seq: number; member_ids: string[] }>`
    update chat_members
    set read_seq = least(${seq}, chats.last_seq)
    from chats
    where chats.chat_id = ${chatId} and chat_members.chat_id = ${chatId} and account_id = ${accountId}
      and read_seq < least(${seq}, chats.last_seq)
    returning read_seq, array(select account_id from chat_members as others where others.chat_id = ${chatId}) as member_ids`.execute(
    db,
  );
  return rows[0];
}

export async function findMemberIds(db: Queryable, chatId: string): Promise<string[]> {
  const rows = await db.selectFrom('chat_members').select('account_id').where('chat_id', '=', chatId).execute();
  return rows.map(({ account_id }) => account_id);
}

export type Pair = { viewerId: string; accountId: string };

/** The places, from 1, of those pairs that are members of one chat. */
export async function findAcquaintedPlaces(db: Queryable, pairs: readonly Pair[]): Promise<Set<number>> {
  const { rows } = await sql<{ place: number }>`
    select place
    from unnest(
      ${pairs.map(({ viewerId }) => viewerId)}::uuid[], ${pairs.map(({ accountId }) => accountId)}::uuid[]
    ) with ordinality as pairs (viewer_id, other_id, place)
    where exists (
      select from chat_members as one join chat_members as other using (chat_id)
      where one.account_id = viewer_id and other.account_id = other_id)`.execute(db);
  return new Set(rows.map(({ place }) => place));
}
