import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { NotificationRow } from '../tables.ts';

/** Returns nothing when the account was told of it before. */
export const insertNotification = (
  tx: Tx,
  row: Insertable<Tables['notifications']>,
): Promise<NotificationRow | undefined> =>
  tx
    .insertInto('notifications')
    .values(row)
    .onConflict((oc) => oc.columns(['account_id', 'kind', 'source']).doNothing())
    .returningAll()
    .executeTakeFirst();

/** The newest first, those before the given one. */
export const findNotifications = (
  db: Queryable,
  accountId: string,
  before: string | undefined,
  limit: number,
): Promise<NotificationRow[]> =>
  db
    .selectFrom('notifications')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(before !== undefined, (query) => query.where('notification_id', '<', before ?? ''))
    .orderBy('notification_id', 'desc')
    .limit(limit)
    .execute();

export async function countUnread(db: Queryable, accountIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ account_id: string; count: number }>`
    select account_id, count(*) from notifications
    where account_id = any(${accountIds}::uuid[]) and read_at is null
    group by account_id`.execute(db);
  return new Map(rows.map(({ account_id, count }) => [account_id, count]));
}

export type Choice = { upTo: string } | { ids: readonly string[] };

/** Returns whether any was unread. */
export async function markRead(db: Queryable, accountId: string, choice: Choice, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('notifications')
    .set({ read_at: now })
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
    .where((eb) =>
      'upTo' in choice
        ? eb('notification_id', '<=', choice.upTo)
        : eb('notification_id', '=', sql<string>`any(${choice.ids}::uuid[])`),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** An entry that was unread and is so no longer. */
export type Settled = Pick<NotificationRow, 'account_id' | 'notification_id'>;

/** What was dealt with elsewhere counts as read. Returns what was unread. */
export const markSourceRead = (
  tx: Tx,
  accountId: string,
  kind: string,
  source: string,
  now: Date,
): Promise<Settled[]> =>
  tx
    .updateTable('notifications')
    .set({ read_at: now })
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('source', '=', source)
    .where('read_at', 'is', null)
    .returning(['account_id', 'notification_id'])
    .execute();

/** Returns what was unread, as do the next two. */
export const deleteSource = async (tx: Tx, accountId: string, kind: string, source: string): Promise<Settled[]> =>
  unreadOf(
    await tx
      .deleteFrom('notifications')
      .where('account_id', '=', accountId)
      .where('kind', '=', kind)
      .where('source', '=', source)
      .returningAll()
      .execute(),
  );

/** What either of the two was told of the other. */
export const deleteBetween = async (tx: Tx, one: string, other: string): Promise<Settled[]> =>
  unreadOf(
    await tx
      .deleteFrom('notifications')
      .where((eb) =>
        eb.or([eb.and({ account_id: one, actor_id: other }), eb.and({ account_id: other, actor_id: one })]),
      )
      .returningAll()
      .execute(),
  );

/** What others were told of the account. */
export const deleteAbout = async (tx: Tx, accountId: string): Promise<Settled[]> =>
  unreadOf(await tx.deleteFrom('notifications').where('actor_id', '=', accountId).returningAll().execute());

const unreadOf = (rows: readonly NotificationRow[]): Settled[] => rows.filter(({ read_at }) => read_at === null);

export const deleteFeed = (tx: Tx, accountId: string) =>
  tx.deleteFrom('notifications').where('account_id', '=', accountId).execute();

/** Returns how many there were, at most `limit`. */
export async function deleteBefore(db: Queryable, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from notifications where notification_id in (
      select notification_id from notifications where created_at < ${before} limit ${limit})`.execute(db);
  return Number(numAffectedRows);
}

export const findByIds = (db: Queryable, notificationIds: readonly string[]): Promise<NotificationRow[]> =>
  db
    .selectFrom('notifications')
    .selectAll()
    .where('notification_id', '=', sql<string>`any(${notificationIds}::uuid[])`)
    .execute();

/** How many of a kind the account was told of since. */
export async function countOfKind(db: Queryable, accountId: string, kind: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from notifications
    where account_id = ${accountId} and kind = ${kind} and created_at > ${since}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The chats whose requests these people have dealt with need no reading. */
export async function markRequestsRead(
  tx: Tx,
  reads: readonly { accountId: string; chatId: string }[],
  now: Date,
): Promise<void> {
  await sql`
    update notifications set read_at = ${now}
    from unnest(
      ${reads.map(({ accountId }) => accountId)}::uuid[], ${reads.map(({ chatId }) => `chat:${chatId}`)}::text[]
    ) as reads (reader_id, chat_source)
    where account_id = reader_id and kind = 'message_request' and source = chat_source and read_at is null`.execute(tx);
}

/** The newest first. */
export const findUnread = (db: Queryable, accountId: string, limit: number): Promise<NotificationRow[]> =>
  db
    .selectFrom('notifications')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
    .orderBy('notification_id', 'desc')
    .limit(limit)
    .execute();
