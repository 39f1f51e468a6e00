import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import {
  type Attachment,
  type Forward,
  floorOf,
  type MessagePatch,
  type MessageRow,
  type Poll,
  type Service,
  type Viewer,
} from './tables.ts';

export type NewMessage = {
  chatId: string;
  authorId: string;
  clientId: string;
  text: string;
  now: Date;
  replyToSeq?: number;
  forwards?: Forward[];
  mentions?: string[];
  isMentionOfAll?: boolean;
  attachments?: Attachment[];
  poll?: Poll;
  service?: Service;
};

export type SentMessage = MessageRow & { member_ids: readonly string[] };

/**
 * Numbers and stores messages, of one chat or of many, in one statement, hence one round trip and one commit. The chats'
 * rows are locked in the order of their ids, so that two nodes cannot hold each other up, and each is counted up at
 * once by all that it gets: the messages of a chat stand in its line in the order of the input.
 *
 * The rights are those of the moment when the statement began. It may have waited for a lock since; so it compares the
 * numbers of the latest change of members and of rights with those of the locked row, and takes nothing in a chat where
 * they moved: nothing is accepted after a removal.
 *
 * What comes back was stored, in the order of `seq` in each chat. A message does not come back when its author may not
 * write this way (no member, no right, slow mode, a request, a change as above) or the client id is known already; a
 * repeat that runs elsewhere at this very moment breaks `messages_client_id` instead, and the whole statement is as if
 * it had never been.
 */
export async function insertMessages(db: Queryable, messages: readonly NewMessage[]): Promise<SentMessage[]> {
  const { rows } = await sql<MessageRow & { member_ids: string[] | null }>`
    with input as materialized (
      select distinct on (chat_id, author_id, client_id) *
      from unnest(
        ${messages.map(({ chatId }) => chatId)}::uuid[], ${messages.map(({ authorId }) => authorId)}::uuid[],
        ${messages.map(({ clientId }) => clientId)}::uuid[], ${messages.map(({ text }) => text)}::text[],
        ${messages.map(({ now }) => now)}::timestamptz[], ${messages.map(packMore)}::jsonb[]
      ) with ordinality as input (chat_id, author_id, client_id, text, created_at, more, place)
      order by chat_id, author_id, client_id, place
    ),
    accepted as materialized (
      select input.*, members_rev, info_rev, row_number() over (partition by input.chat_id order by place)::integer as nth
      from input join chats using (chat_id)
      join chat_members as author on author.chat_id = input.chat_id and author.account_id = input.author_id
      where author.state = 'active' and requester_id is null and not is_blocked
        and (may_write = 'members' or author.role = 'owner' or (may_write = 'admins' and author.role = 'admin'))
        and (slow_mode_seconds = 0 or author.role <> 'member')
        and not exists (
          select from messages
          where messages.chat_id = input.chat_id and messages.author_id = input.author_id
            and messages.client_id = input.client_id)
    ),
    counted as materialized (
      select chat_id, members_rev, info_rev, max(nth) as count, max(created_at) as last_at
      from accepted group by chat_id, members_rev, info_rev
    ),
    locked as materialized (
      select chat_id, members_rev, info_rev from chats
      where chat_id in (select chat_id from counted) and not is_blocked
      order by chat_id for update
    ),
    numbered as (
      update chats
      set last_seq = last_seq + count, last_rev = last_rev + count,
        last_activity_at = greatest(last_activity_at, last_at)
      from counted join locked using (chat_id, members_rev, info_rev)
      where chats.chat_id = counted.chat_id
      returning chats.chat_id, last_seq - count as seq, last_rev - count as rev
    ),
    inserted as (
      insert into messages (
        chat_id, seq, rev, created_rev, author_id, client_id, text, created_at, reply_to_seq, forwards, mentions,
        is_mention_of_all, attachments, poll)
      select chat_id, seq + nth, rev + nth, rev + nth, author_id, client_id, text, created_at,
        (more->>'replyToSeq')::integer, more->'forwards',
        case when more ? 'mentions' then array(select jsonb_array_elements_text(more->'mentions')::uuid) end,
        coalesce((more->>'isMentionOfAll')::boolean, false), more->'attachments', more->'poll'
      from numbered join accepted using (chat_id)
      returning *
    )
    select inserted.*, case when row_number() over (partition by chat_id order by seq) = 1
      then array(
        select account_id from chat_members
        where chat_members.chat_id = inserted.chat_id and state = 'active') end as member_ids
    from inserted
    order by chat_id, seq`.execute(db);
  return shareMemberIds(rows);
}

/** What only some messages carry, as one value. */
function packMore({ replyToSeq, forwards, mentions, isMentionOfAll, attachments, poll }: NewMessage): string | null {
  const more = { replyToSeq, forwards, mentions, isMentionOfAll, attachments, poll };
  return Object.values(more).some((value) => value !== undefined) ? JSON.stringify(more) : null;
}

/** The members of a chat come with the first of its messages only. */
function shareMemberIds(rows: readonly (MessageRow & { member_ids: string[] | null })[]): SentMessage[] {
  let memberIds: readonly string[] = [];
  return rows.map((row) => {
    memberIds = row.member_ids ?? memberIds;
    return { ...row, member_ids: memberIds };
  });
}

/** Stores a message whose numbers were taken under the lock of its chat. */
export async function insertNumberedMessage(
  tx: Tx,
  message: NewMessage & { seq: number; rev: number },
): Promise<MessageRow> {
  const row = await tx
    .insertInto('messages')
    .values({
      chat_id: message.chatId,
      seq: message.seq,
      rev: message.rev,
      created_rev: message.rev,
      author_id: message.authorId,
      client_id: message.clientId,
      text: message.text,
      reply_to_seq: message.replyToSeq ?? null,
      forwards: json(message.forwards),
      mentions: message.mentions ?? null,
      is_mention_of_all: message.isMentionOfAll ?? false,
      attachments: json(message.attachments),
      poll: json(message.poll),
      service: json(message.service),
      created_at: message.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return row as unknown as MessageRow;
}

const json = (value: object | undefined | null): string | null => (value ? JSON.stringify(value) : null);

/** Changes a message; `rev` in the patch is the place of the change. */
export async function updateMessage(tx: Tx, chatId: string, seq: number, patch: MessagePatch): Promise<MessageRow> {
  const { reactions, poll, ...plain } = patch;
  const row = await tx
    .updateTable('messages')
    .set({
      ...plain,
      ...(reactions !== undefined && { reactions: json(reactions) }),
      ...(poll !== undefined && { poll: json(poll) }),
    })
    .where('chat_id', '=', chatId)
    .where('seq', '=', seq)
    .returningAll()
    .executeTakeFirstOrThrow();
  return row as unknown as MessageRow;
}

export async function findMessageByClientId(
  db: Queryable,
  chatId: string,
  authorId: string,
  clientId: string,
): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    select * from messages where chat_id = ${chatId} and author_id = ${authorId} and client_id = ${clientId}`.execute(
    db,
  );
  return rows[0];
}

const isNotHidden = (accountId: string) => sql`not exists (
  select from hidden_messages as hidden
  where hidden.chat_id = messages.chat_id and hidden.seq = messages.seq and hidden.account_id = ${accountId})`;

/** Messages below `before` that the viewer may see, the nearest first. */
export async function findMessagesBefore(
  db: Queryable,
  viewer: Viewer,
  before: number,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from messages
    where chat_id = ${viewer.chat_id} and seq < ${before} and seq >= ${floorOf(viewer)}
      and ${isNotHidden(viewer.account_id)}
    order by seq desc limit ${limit}`.execute(db);
  return rows;
}

/** Messages above `after` that the viewer may see, the nearest first. */
export async function findMessagesAfter(
  db: Queryable,
  viewer: Viewer,
  after: number,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from messages
    where chat_id = ${viewer.chat_id} and seq > ${after} and seq >= ${floorOf(viewer)}
      and ${isNotHidden(viewer.account_id)}
    order by seq limit ${limit}`.execute(db);
  return rows;
}

export async function findVisibleMessages(
  db: Queryable,
  viewer: Viewer,
  seqs: readonly number[],
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from messages
    where chat_id = ${viewer.chat_id} and seq = any(${seqs}::integer[]) and seq >= ${floorOf(viewer)}
      and ${isNotHidden(viewer.account_id)}
    order by seq`.execute(db);
  return rows;
}

export const findVisibleMessage = async (db: Queryable, viewer: Viewer, seq: number): Promise<MessageRow | undefined> =>
  (await findVisibleMessages(db, viewer, [seq]))[0];

export async function findPinnedMessages(db: Queryable, viewer: Viewer): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from messages
    where chat_id = ${viewer.chat_id} and pinned_at is not null and seq >= ${floorOf(viewer)}
      and ${isNotHidden(viewer.account_id)}
    order by pinned_at desc, seq desc`.execute(db);
  return rows;
}

export async function countPinnedMessages(db: Queryable, chatId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from messages where chat_id = ${chatId} and pinned_at is not null`.execute(db);
  return rows[0]?.count ?? 0;
}

/** When the author last wrote in the chat: for slow mode. */
export async function findLastWritingAt(
  tx: Tx,
  chatId: string,
  authorId: string,
  after: Date,
): Promise<Date | undefined> {
  const { rows } = await sql<{ created_at: Date }>`
    select created_at from messages
    where chat_id = ${chatId} and author_id = ${authorId} and service is null and created_at > ${after}
    order by seq desc limit 1`.execute(tx);
  return rows[0]?.created_at;
}

export const insertVersion = (
  tx: Tx,
  version: { chat_id: string; seq: number; rev: number; text: string; replaced_by: string; replaced_at: Date },
) => tx.insertInto('message_versions').values(version).execute();

export const listVersions = (db: Queryable, chatId: string, seq: number) =>
  db
    .selectFrom('message_versions')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('seq', '=', seq)
    .orderBy('rev')
    .execute();

/** Hides a message from one member. Returns whether it was not hidden before. */
export async function insertHiddenMessage(tx: Tx, chatId: string, seq: number, accountId: string): Promise<boolean> {
  const inserted = await tx
    .insertInto('hidden_messages')
    .values({ chat_id: chatId, seq, account_id: accountId })
    .onConflict((oc) => oc.doNothing())
    .returning('seq')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Whoever may see it: for moderation only. */
export async function findAnyMessage(db: Queryable, chatId: string, seq: number): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    select * from messages where chat_id = ${chatId} and seq = ${seq}`.execute(db);
  return rows[0];
}

export type Pair = { viewerId: string; accountId: string };

/** The places, from 1, of those pairs that are in one chat now; a request or a block between the two does not count. */
export async function findAcquaintedPlaces(db: Queryable, pairs: readonly Pair[]): Promise<Set<number>> {
  const { rows } = await sql<{ place: number }>`
    select place
    from unnest(
      ${pairs.map(({ viewerId }) => viewerId)}::uuid[], ${pairs.map(({ accountId }) => accountId)}::uuid[]
    ) with ordinality as pairs (viewer_id, other_id, place)
    where exists (
      select from chat_members as one join chat_members as other using (chat_id) join chats using (chat_id)
      where one.account_id = viewer_id and other.account_id = other_id
        and one.state = 'active' and other.state = 'active' and requester_id is null and not is_blocked)`.execute(db);
  return new Set(rows.map(({ place }) => place));
}
