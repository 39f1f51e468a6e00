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

/**
 * Numbers and stores a message in one statement, hence one round trip and one commit. The update of the chat's row is
 * what puts concurrent sends in line. A statement that had to wait for the row sees the row as it is now, but the rest
 * as it was before the wait: so it compares `members_rev`, and a person removed meanwhile gets nothing in.
 * Nothing comes back when the author may not write this way (no member, no right, slow mode, a request, members changed
 * at this moment) or the client id is known already; a repeat that runs at the same moment breaks `messages_client_id`
 * instead, and its numbers are rolled back with it.
 */
export async function insertMessage(db: Queryable, message: NewMessage) {
  const { chatId, authorId, clientId, now } = message;
  const { rows } = await sql<MessageRow & { member_ids: string[] }>`
    with numbered as (
      update chats
      set last_seq = last_seq + 1, last_rev = last_rev + 1, last_activity_at = ${now}
      where chat_id = ${chatId} and requester_id is null and not is_blocked
        and members_rev = (select members_rev from chats where chat_id = ${chatId})
        and exists (
          select from chat_members
          where chat_id = ${chatId} and account_id = ${authorId} and state = 'active'
            and (may_write = 'members' or role = 'owner' or (may_write = 'admins' and role = 'admin'))
            and (slow_mode_seconds = 0 or role <> 'member'))
        and not exists (
          select from messages where chat_id = ${chatId} and author_id = ${authorId} and client_id = ${clientId})
      returning last_seq, last_rev
    )
    insert into messages (
      chat_id, seq, rev, created_rev, author_id, client_id, text, reply_to_seq, forwards, mentions, is_mention_of_all,
      attachments, poll, created_at)
    select ${chatId}, last_seq, last_rev, last_rev, ${authorId}, ${clientId}, ${message.text},
      ${message.replyToSeq ?? null}, ${json(message.forwards)}, ${message.mentions ?? null}::uuid[],
      ${message.isMentionOfAll ?? false}, ${json(message.attachments)}, ${json(message.poll)}, ${now}
    from numbered
    returning *, array(
      select account_id from chat_members where chat_id = ${chatId} and state = 'active') as member_ids`.execute(db);
  return rows[0];
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
