import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import {
  type Attachment,
  type Forward,
  floorOf,
  type MessagePatch,
  type MessageRow,
  type Poll,
  type Reader,
  type Service,
  type Viewer,
} from '../tables.ts';

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
 * rows are locked in the order of their ids, so that two nodes cannot hold each other up, and each is counted up at once
 * by all that it gets: the messages of a chat stand in its line in the order of the input.
 *
 * A statement that had to wait for a chat's row sees that row as it is now, but all the rest as it was before the wait:
 * so it compares the places of the latest changes of members and rights, and a person removed meanwhile gets nothing in.
 *
 * The news of it is stored too, for whoever tells people of what they did not see.
 *
 * What comes back was stored, by chat and `seq`. A message does not come back when its author may not write this way (no
 * member, no right, slow mode, a request, the chat changed at this moment) or the client id is known already; a repeat
 * that runs elsewhere at this very moment breaks `messages_client_id` instead, and the statement is as if it had never
 * been. (`offset 0` makes PostgreSQL look the ids up in the index, one by one, whatever it believes of the table's size:
 * a plan made while the table was small would read it through.)
 */
export async function insertMessages(db: Queryable, messages: readonly NewMessage[]): Promise<SentMessage[]> {
  const column = (read: (message: NewMessage) => unknown) => sql`${messages.map(read)}`;
  const { rows } = await sql<MessageRow & { member_ids: string[] | null }>`
    with input as materialized (
      select distinct on (chat_id, author_id, client_id) *
      from unnest(
        ${column(({ chatId }) => chatId)}::uuid[], ${column(({ authorId }) => authorId)}::uuid[],
        ${column(({ clientId }) => clientId)}::uuid[], ${column(({ text }) => text)}::text[],
        ${column(({ replyToSeq }) => replyToSeq ?? null)}::integer[], ${column(({ forwards }) => json(forwards))}::jsonb[],
        ${column(({ mentions }) => mentions && `{${mentions.join(',')}}`)}::text[],
        ${column(({ isMentionOfAll }) => isMentionOfAll ?? false)}::boolean[],
        ${column(({ attachments }) => json(attachments))}::jsonb[], ${column(({ poll }) => json(poll))}::jsonb[],
        ${column(({ now }) => now)}::timestamptz[]
      ) with ordinality as input (
        chat_id, author_id, client_id, text, reply_to_seq, forwards, mentions, is_mention_of_all, attachments, poll,
        created_at, place)
      order by chat_id, author_id, client_id, place
    ),
    accepted as materialized (
      select input.*, chats.members_rev, chats.info_rev,
        row_number() over (partition by chat_id order by place)::integer as nth
      from input join chats using (chat_id)
      where requester_id is null and not is_blocked
        and exists (
          select from chat_members as author
          where author.chat_id = input.chat_id and author.account_id = author_id and state = 'active'
            and (may_write = 'members' or role = 'owner' or (may_write = 'admins' and role = 'admin'))
            and (slow_mode_seconds = 0 or role <> 'member'))
        and not exists (
          select from messages as known
          where known.chat_id = input.chat_id and known.author_id = input.author_id
            and known.client_id = input.client_id
          offset 0)
    ),
    counted as materialized (
      select chat_id, members_rev, info_rev, max(nth) as count, max(created_at) as last_at
      from accepted group by chat_id, members_rev, info_rev
    ),
    locked as materialized (
      select chat_id from chats where chat_id in (select chat_id from counted) order by chat_id for update
    ),
    numbered as (
      update chats
      set last_seq = last_seq + count, last_rev = last_rev + count,
        last_activity_at = greatest(last_activity_at, last_at)
      from counted join locked using (chat_id)
      where chats.chat_id = counted.chat_id and not is_blocked
        and chats.members_rev = counted.members_rev and chats.info_rev = counted.info_rev
      returning chats.chat_id, last_seq - count as seq, last_rev - count as rev, last_seq
    ),
    news as (
      insert into chat_news (chat_id, from_seq, seq) select chat_id, seq + 1, last_seq from numbered
    ),
    inserted as (
      insert into messages (
        chat_id, seq, rev, created_rev, author_id, client_id, text, reply_to_seq, forwards, mentions, is_mention_of_all,
        attachments, poll, created_at)
      select chat_id, seq + nth, rev + nth, rev + nth, author_id, client_id, text, reply_to_seq, forwards,
        mentions::uuid[], is_mention_of_all, attachments, poll, created_at
      from numbered join accepted using (chat_id)
      returning *
    )
    select inserted.*, case when row_number() over (partition by chat_id order by seq) = 1
      then array(
        select account_id from chat_members where chat_members.chat_id = inserted.chat_id and state = 'active')
      end as member_ids
    from inserted
    order by chat_id, seq`.execute(db);
  return shareMemberIds(rows);
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

/** The first message that a member may see and has not cleared away; nothing for anybody who is no member. */
const floorFor = ({ chat_id, account_id }: Reader) => sql`(
  select greatest(visible_from_seq, cleared_seq + 1) from chat_members
  where chat_id = ${chat_id} and account_id = ${account_id} and state = 'active')`;

/** Read once for the page, not once for each message. */
const hiddenFrom = ({ chat_id, account_id }: Reader) => sql`(
  select seq from hidden_messages where chat_id = ${chat_id} and account_id = ${account_id})`;

/** Messages below `before` that the reader may see, the nearest first: none for anybody who is no member. */
export async function findMessagesBefore(
  db: Queryable,
  reader: Reader,
  before: number,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from messages
    where chat_id = ${reader.chat_id} and seq < ${before} and seq >= ${floorFor(reader)}
      and seq not in ${hiddenFrom(reader)}
    order by seq desc limit ${limit}`.execute(db);
  return rows;
}

/** Messages above `after` that the reader may see, the nearest first: none for anybody who is no member. */
export async function findMessagesAfter(
  db: Queryable,
  reader: Reader,
  after: number,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from messages
    where chat_id = ${reader.chat_id} and seq > ${after} and seq >= ${floorFor(reader)}
      and seq not in ${hiddenFrom(reader)}
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
