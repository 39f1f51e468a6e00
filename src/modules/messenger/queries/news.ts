import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { ChatNews, ChatReader, PushableChat, UnreadMessage } from '../tables.ts';

export const insertNews = (tx: Tx, chatId: string, seq: number) =>
  tx.insertInto('chat_news').values({ chat_id: chatId, from_seq: seq, seq }).execute();

/** There is less to read, for one member or for all who have not read so far: badges may follow. */
export const insertLess = (db: Queryable, chatId: string, { seq = 0, readerId }: { seq?: number; readerId?: string }) =>
  db
    .insertInto('chat_news')
    .values({ chat_id: chatId, from_seq: 0, seq, reader_id: readerId ?? null, change: 'less' })
    .execute();

/** Takes what nobody else is taking, at most `limit` rows; it comes back should the transaction fail. */
export async function takeNews(tx: Tx, limit: number): Promise<ChatNews[]> {
  const { rows } = await sql<ChatNews>`
    delete from chat_news
    where ctid = any(array(select ctid from chat_news limit ${limit} for update skip locked))
    returning chat_id, from_seq, seq, reader_id, change`.execute(tx);
  return rows;
}

/**
 * Members who have not read all of the new messages of others; one row of news for each chat. The new messages are looked
 * at once, not once for each member: who did not write the newest has it to read, who did has the newest of the others.
 */
export async function findReaders(
  db: Queryable,
  news: readonly Pick<ChatNews, 'chat_id' | 'from_seq' | 'seq'>[],
): Promise<ChatReader[]> {
  const { rows } = await sql<ChatReader>`
    with news as materialized (
      select * from unnest(
        ${news.map(({ chat_id }) => chat_id)}::uuid[], ${news.map(({ from_seq }) => from_seq)}::integer[],
        ${news.map(({ seq }) => seq)}::integer[]) as news (chat_id, from_seq, to_seq)
    ),
    fresh as materialized (
      select chat_id, author_id, max(seq) as seq
      from news join messages using (chat_id)
      where seq between from_seq and to_seq and service is null
      group by chat_id, author_id
    ),
    newest as (select distinct on (chat_id) chat_id, author_id, seq from fresh order by chat_id, seq desc),
    of_others as (
      select chat_id, max(fresh.seq) as seq
      from fresh join newest using (chat_id)
      where fresh.author_id <> newest.author_id
      group by chat_id
    )
    select chat_id, account_id, requester_id, from_seq
    from news join newest using (chat_id) left join of_others using (chat_id)
      join chats using (chat_id) join chat_members using (chat_id)
    where state = 'active' and not is_blocked and notify_level <> 'none'
      and read_seq < case when account_id = newest.author_id then of_others.seq else newest.seq end`.execute(db);
  return rows;
}

/** Whom the chat has less to tell than before: members of now or before who had not read the place that changed. */
export async function findUnreaders(
  db: Queryable,
  news: readonly Pick<ChatNews, 'chat_id' | 'seq'>[],
): Promise<string[]> {
  const { rows } = await sql<{ account_id: string }>`
    select distinct account_id
    from unnest(
      ${news.map(({ chat_id }) => chat_id)}::uuid[], ${news.map(({ seq }) => seq)}::integer[]) as news (chat_id, seq)
    join chat_members using (chat_id)
    where read_seq < seq`.execute(db);
  return rows.map(({ account_id }) => account_id);
}

/** How many unread messages of a chat are looked at for one push. */
export const MAX_UNREAD_SHOWN = 30;

const unreadFloor = sql`greatest(mine.read_seq, mine.cleared_seq, mine.visible_from_seq - 1)`;

const isUnread = sql`
  messages.chat_id = mine.chat_id and seq > ${unreadFloor} and author_id <> mine.account_id and deleted_at is null
  and service is null and not exists (
    select from hidden_messages as hidden
    where hidden.chat_id = messages.chat_id and hidden.seq = messages.seq and hidden.account_id = mine.account_id)`;

const isMention = sql`(mine.account_id = any(mentions) or (is_mention_of_all and not mine.is_mass_mention_muted))`;

/** Chats as a push of them needs them, at this moment: those that the person is in and that are not blocked. */
export async function findPushableChats(
  db: Queryable,
  pairs: readonly { accountId: string; chatId: string }[],
): Promise<PushableChat[]> {
  const { rows } = await sql<PushableChat & { unread: UnreadMessage[] | null }>`
    select chats.chat_id, mine.account_id, kind, title, requester_id, notify_level, muted_until, unread.messages as unread
    from unnest(
      ${pairs.map(({ accountId }) => accountId)}::uuid[], ${pairs.map(({ chatId }) => chatId)}::uuid[]
    ) as pair (account_id, chat_id)
    join chat_members as mine on mine.chat_id = pair.chat_id and mine.account_id = pair.account_id
    join chats on chats.chat_id = mine.chat_id
    cross join lateral (
      select jsonb_agg(to_jsonb(newest) order by seq desc) as messages
      from (
        select seq, author_id as "authorId", left(text, 1000) as text, attachments -> 0 ->> 'kind' as attachment,
          poll ->> 'question' as question, coalesce(${isMention}, false) as "isMention"
        from messages where ${isUnread} order by seq desc limit ${MAX_UNREAD_SHOWN}) as newest) as unread
    where mine.state = 'active' and not is_blocked and mine.refused_at is null`.execute(db);
  return rows.map((row) => ({ ...row, unread: row.unread ?? [] }));
}

/** What `countUnread` counts of one chat at most. */
const MAX_COUNTED = 1_000;

/**
 * Unread messages over all chats that a person is told of: all of a chat, but only the mentions of one that is muted or
 * set to mentions. Requests count elsewhere: they are news, not messages.
 */
export async function countUnreadMessages(
  db: Queryable,
  people: readonly { accountId: string; doMentionsPassMute: boolean }[],
  now: Date,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ account_id: string; count: number }>`
    select mine.account_id, coalesce(sum(
      case when muted_until > ${now} then case when passes then counted.mentions else 0 end
        when notify_level = 'mentions' then counted.mentions
        else counted.unread end), 0)::integer as count
    from unnest(
      ${people.map(({ accountId }) => accountId)}::uuid[],
      ${people.map(({ doMentionsPassMute }) => doMentionsPassMute)}::boolean[]) as person (account_id, passes)
    join chat_members as mine using (account_id) join chats using (chat_id)
    cross join lateral (
      select count(*) as unread, count(*) filter (where is_mention) as mentions
      from (select ${isMention} as is_mention from messages where ${isUnread} limit ${MAX_COUNTED}) as unread) as counted
    where mine.state = 'active' and notify_level <> 'none' and requester_id is null and mine.refused_at is null
      and last_seq > ${unreadFloor}
    group by mine.account_id`.execute(db);
  return new Map(rows.map(({ account_id, count }) => [account_id, count]));
}
