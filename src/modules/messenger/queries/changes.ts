import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { ChatRow, MemberRow, MessageRow } from '../tables.ts';

/** A chat that somebody wants to catch up with: after `since`, up to `upTo`. */
export type Stretch = { chatId: string; since: number; upTo: number };

const stretches = (list: readonly Stretch[]) => sql`unnest(
  ${list.map(({ chatId }) => chatId)}::uuid[],
  ${list.map(({ since }) => since)}::integer[],
  ${list.map(({ upTo }) => upTo)}::integer[]) as stretch (chat_id, since, up_to)`;

/** Messages that changed within each stretch and that the account may see, by `rev`, at most `limit` a chat. */
export async function findChangedMessages(
  db: Queryable,
  accountId: string,
  list: readonly Stretch[],
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select changed.*
    from ${stretches(list)}
    join chat_members as mine on mine.chat_id = stretch.chat_id and mine.account_id = ${accountId}
    cross join lateral (
      select * from messages
      where messages.chat_id = stretch.chat_id and rev > stretch.since and rev <= stretch.up_to
        and seq > greatest(mine.cleared_seq, mine.visible_from_seq - 1)
        and not exists (
          select from hidden_messages as hidden
          where hidden.chat_id = messages.chat_id and hidden.seq = messages.seq and hidden.account_id = mine.account_id)
      order by rev limit ${limit}) as changed
    order by changed.rev`.execute(db);
  return rows;
}

/** Members who came, went or changed their role. Who came and went while the client knew neither is left out. */
export async function findChangedMembers(db: Queryable, list: readonly Stretch[], limit: number): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select changed.*
    from ${stretches(list)}
    cross join lateral (
      select * from chat_members
      where chat_members.chat_id = stretch.chat_id and rev > stretch.since and rev <= stretch.up_to
        and (state = 'active' or created_rev <= stretch.since)
      order by rev limit ${limit}) as changed
    order by changed.rev`.execute(db);
  return rows;
}

export async function findChangedInfo(db: Queryable, list: readonly Stretch[]): Promise<ChatRow[]> {
  const { rows } = await sql<ChatRow>`
    select chats.* from ${stretches(list)} join chats using (chat_id)
    where info_rev > stretch.since and info_rev <= stretch.up_to`.execute(db);
  return rows;
}

export type SyncRow = {
  chat_id: string;
  last_rev: number;
  joined_rev: number;
  last_seq: number;
  is_own_changed: boolean;
};

/** Every chat on the account's list, latest activity first, and whether its own side of it changed since `xid`. */
export async function findSyncRows(db: Queryable, accountId: string, xid: string): Promise<SyncRow[]> {
  const { rows } = await sql<SyncRow>`
    select chats.chat_id, last_rev, joined_rev, last_seq,
      own_xid >= ${xid}::xid8 or exists (
        select from chat_members as others
        where others.chat_id = mine.chat_id and others.account_id <> mine.account_id
          and others.marks_xid >= ${xid}::xid8) as is_own_changed
    from chat_members as mine join chats using (chat_id)
    where mine.account_id = ${accountId} and mine.state = 'active'
      and mine.refused_at is null and chats.last_seq > mine.dismissed_seq
    order by last_activity_at desc, chat_id desc`.execute(db);
  return rows;
}

/** Below this number every transaction is finished: what a later look must start from to miss nothing. */
export async function findHorizon(db: Queryable): Promise<string> {
  const { rows } = await sql<{ xid: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db);
  return rows[0]?.xid ?? '0';
}

export type HiddenPlace = { xid: string; chatId: string; seq: number };
export type HiddenRow = { xid: string; chat_id: string; seq: number };

/** What the account has deleted for itself since `since`, or after the place where an earlier look stopped. */
export async function findHiddenSince(
  db: Queryable,
  accountId: string,
  { since, after, limit }: { since: string; after: HiddenPlace | undefined; limit: number },
): Promise<HiddenRow[]> {
  const isNews = after
    ? sql`(xid, chat_id, seq) > (${after.xid}::xid8, ${after.chatId}::uuid, ${after.seq}::integer)`
    : sql`xid >= ${since}::xid8`;
  const { rows } = await sql<HiddenRow>`
    select xid::text, chat_id, seq from hidden_messages
    where account_id = ${accountId} and ${isNews}
    order by hidden_messages.xid, chat_id, seq limit ${limit}`.execute(db);
  return rows;
}
