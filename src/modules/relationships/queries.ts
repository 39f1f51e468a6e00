import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { TeammateRequestRow } from './tables.ts';

/** Whatever changes what is between two people takes this first, so that two changes of one pair go one by one. */
export async function lockPair(tx: Tx, accountId: string, otherId: string): Promise<void> {
  const pair = [accountId, otherId].toSorted((a, b) => (a < b ? -1 : 1)).join(' ');
  await sql`select pg_advisory_xact_lock(hashtextextended(${`relationships ${pair}`}, 0))`.execute(tx);
}

/** Taken before `lockPair` by whoever counts what one person has sent. */
export async function lockSender(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`relationships sender ${accountId}`}, 0))`.execute(tx);
}

/** Which of the people have blocked this one or are blocked by him. */
export async function findBlockedEitherWay(
  db: Queryable,
  accountId: string,
  otherIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ other_id: string }>`
    select blocked_id as other_id from blocks where account_id = ${accountId} and blocked_id = any(${otherIds}::uuid[])
    union
    select account_id from blocks where blocked_id = ${accountId} and account_id = any(${otherIds}::uuid[])`.execute(
    db,
  );
  return rows.map(({ other_id }) => other_id);
}

export type Pair = { accountId: string; otherId: string };

/** The places, from 1, of those pairs one of whom has blocked the other. */
export async function findBlockedPlaces(db: Queryable, pairs: readonly Pair[]): Promise<Set<number>> {
  const { rows } = await sql<{ place: number }>`
    select place
    from unnest(
      ${pairs.map(({ accountId }) => accountId)}::uuid[], ${pairs.map(({ otherId }) => otherId)}::uuid[]
    ) with ordinality as pairs (one_id, other_id, place)
    where exists (
      select from blocks
      where (account_id = one_id and blocked_id = other_id) or (account_id = other_id and blocked_id = one_id))`.execute(
    db,
  );
  return new Set(rows.map(({ place }) => place));
}

/** Everybody with whom this person is not to meet in the search: blocked or hidden, by either side. */
export async function findKeptApart(db: Queryable, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ other_id: string }>`
    select blocked_id as other_id from blocks where account_id = ${accountId}
    union select account_id from blocks where blocked_id = ${accountId}
    union select hidden_id from hidden_people where account_id = ${accountId}
    union select account_id from hidden_people where hidden_id = ${accountId}`.execute(db);
  return rows.map(({ other_id }) => other_id);
}

type ListTable = 'blocks' | 'hidden_people';
const OTHER = { blocks: 'blocked_id', hidden_people: 'hidden_id' } as const;

/** Puts somebody on a list of people; returns false when he was there. */
export async function insertListed(
  tx: Tx,
  table: ListTable,
  accountId: string,
  otherId: string,
  now: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into ${sql.table(table)} (account_id, ${sql.ref(OTHER[table])}, created_at)
    values (${accountId}, ${otherId}, ${now})
    on conflict do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

/** Returns whether he was on the list. */
export async function deleteListed(
  tx: Queryable,
  table: ListTable,
  accountId: string,
  otherId: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)}
    where account_id = ${accountId} and ${sql.ref(OTHER[table])} = ${otherId}`.execute(tx);
  return numAffectedRows === 1n;
}

export const countListed = async (tx: Tx, table: ListTable, accountId: string): Promise<number> => {
  const { count } = await tx
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return count;
};

export type Place = { at: string; otherId: string };
export type Listed = { other_id: string; at: Date };

/** The latest first. */
export async function findListed(
  db: Queryable,
  table: ListTable,
  accountId: string,
  after: Place | undefined,
  limit: number,
): Promise<Listed[]> {
  const other = sql.ref(OTHER[table]);
  const { rows } = await sql<Listed>`
    select ${other} as other_id, created_at as at from ${sql.table(table)}
    where account_id = ${accountId}
      and (${after?.at ?? null}::timestamptz is null
        or (created_at, ${other}) < (${after?.at ?? null}::timestamptz, ${after?.otherId ?? null}::uuid))
    order by created_at desc, ${other} desc
    limit ${limit}`.execute(db);
  return rows;
}

/** The latest first. */
export async function findTeammates(
  db: Queryable,
  accountId: string,
  after: Place | undefined,
  limit: number,
): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select teammate_id as other_id, since as at from teammates
    where account_id = ${accountId} and parted_at is null
      and (${after?.at ?? null}::timestamptz is null
        or (since, teammate_id) < (${after?.at ?? null}::timestamptz, ${after?.otherId ?? null}::uuid))
    order by since desc, teammate_id desc
    limit ${limit}`.execute(db);
  return rows;
}

/** Which of the people are teammates of this one now. */
export const findTeammatesAmong = async (
  db: Queryable,
  accountId: string,
  otherIds: readonly string[],
): Promise<string[]> => {
  const rows = await db
    .selectFrom('teammates')
    .select('teammate_id')
    .where('account_id', '=', accountId)
    .where('teammate_id', '=', sql<string>`any(${otherIds}::uuid[])`)
    .where('parted_at', 'is', null)
    .execute();
  return rows.map(({ teammate_id }) => teammate_id);
};

/** Of the people those who are something to the viewer; one who parted as a teammate may be blocked as well. */
export async function findRelationRows(
  db: Queryable,
  viewerId: string,
  accountIds: readonly string[],
): Promise<{ other_id: string; relation: 'teammate' | 'blocked' }[]> {
  const { rows } = await sql<{ other_id: string; relation: 'teammate' | 'blocked' }>`
    select teammate_id as other_id, 'teammate' as relation from teammates
    where account_id = ${viewerId} and teammate_id = any(${accountIds}::uuid[]) and parted_at is null
    union all
    select blocked_id, 'blocked' from blocks where account_id = ${viewerId} and blocked_id = any(${accountIds}::uuid[])
    union all
    select account_id, 'blocked' from blocks
    where blocked_id = ${viewerId} and account_id = any(${accountIds}::uuid[])`.execute(db);
  return rows;
}

/** When two people became teammates and when they parted, the last time that they did. */
export const findTeamTime = (db: Queryable, accountId: string, otherId: string) =>
  db
    .selectFrom('teammates')
    .select(['since', 'parted_at'])
    .where('account_id', '=', accountId)
    .where('teammate_id', '=', otherId)
    .executeTakeFirst();

export const upsertTeammates = (tx: Tx, accountId: string, otherId: string, since: Date) =>
  tx
    .insertInto('teammates')
    .values([
      { account_id: accountId, teammate_id: otherId, since },
      { account_id: otherId, teammate_id: accountId, since },
    ])
    .onConflict((oc) => oc.columns(['account_id', 'teammate_id']).doUpdateSet({ since, parted_at: null }))
    .execute();

/** Returns whether they were teammates. */
export async function partTeammates(tx: Tx, accountId: string, otherId: string, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update teammates set parted_at = ${now}
    where (account_id, teammate_id) in ((${accountId}::uuid, ${otherId}::uuid), (${otherId}::uuid, ${accountId}::uuid))
      and parted_at is null`.execute(tx);
  return Number(numAffectedRows) > 0;
}

export const insertRequest = (tx: Tx, request: Insertable<Tables['teammate_requests']>): Promise<TeammateRequestRow> =>
  tx.insertInto('teammate_requests').values(request).returningAll().executeTakeFirstOrThrow();

export const findRequest = (db: Queryable, requestId: string): Promise<TeammateRequestRow | undefined> =>
  db.selectFrom('teammate_requests').selectAll().where('request_id', '=', requestId).executeTakeFirst();

export const closeRequest = (
  tx: Tx,
  requestId: string,
  state: 'accepted' | 'declined' | 'withdrawn',
  now: Date,
): Promise<TeammateRequestRow> =>
  tx
    .updateTable('teammate_requests')
    .set({ state, closed_at: now })
    .where('request_id', '=', requestId)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Ends what waits between two people, in both directions. */
export const withdrawRequestsBetween = (tx: Tx, accountId: string, otherId: string, now: Date) =>
  tx
    .updateTable('teammate_requests')
    .set({ state: 'withdrawn', closed_at: now })
    .where('state', '=', 'pending')
    .where((eb) =>
      eb.or([
        eb.and({ sender_id: accountId, recipient_id: otherId }),
        eb.and({ sender_id: otherId, recipient_id: accountId }),
      ]),
    )
    .returningAll()
    .execute();

export const findWaitingRequest = (tx: Tx, senderId: string, recipientId: string, now: Date) =>
  tx
    .selectFrom('teammate_requests')
    .selectAll()
    .where('sender_id', '=', senderId)
    .where('recipient_id', '=', recipientId)
    .where('state', '=', 'pending')
    .where('expires_at', '>', now)
    .executeTakeFirst();

export const hasRequestSince = async (tx: Tx, senderId: string, recipientId: string, since: Date): Promise<boolean> => {
  const row = await tx
    .selectFrom('teammate_requests')
    .select('request_id')
    .where('sender_id', '=', senderId)
    .where('recipient_id', '=', recipientId)
    .where('created_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

/** What one person has sent: since a moment, and what still waits as far as he knows. */
export async function countSent(
  tx: Tx,
  senderId: string,
  since: Date,
  now: Date,
): Promise<{ recent: number; waiting: number }> {
  const { rows } = await sql<{ recent: number; waiting: number }>`
    select count(*) filter (where created_at > ${since}) as recent,
      count(*) filter (where state in ('pending', 'declined') and expires_at > ${now}) as waiting
    from teammate_requests
    where sender_id = ${senderId} and (created_at > ${since} or expires_at > ${now})`.execute(tx);
  return rows[0] ?? { recent: 0, waiting: 0 };
}

/** What waits for the recipient's answer, the latest first. */
export const findIncoming = (
  db: Queryable,
  recipientId: string,
  now: Date,
  before: string | undefined,
  limit: number,
): Promise<TeammateRequestRow[]> =>
  db
    .selectFrom('teammate_requests')
    .selectAll()
    .where('recipient_id', '=', recipientId)
    .where('state', '=', 'pending')
    .where('expires_at', '>', now)
    .$if(before !== undefined, (query) => query.where('request_id', '<', before ?? ''))
    .orderBy('request_id', 'desc')
    .limit(limit)
    .execute();

/** What somebody sent since a moment and has not taken back, the latest first. */
export const findOutgoing = (
  db: Queryable,
  senderId: string,
  since: Date,
  before: string | undefined,
  limit: number,
): Promise<TeammateRequestRow[]> =>
  db
    .selectFrom('teammate_requests')
    .selectAll()
    .where('sender_id', '=', senderId)
    .where('state', '!=', 'withdrawn')
    .where('created_at', '>', since)
    .$if(before !== undefined, (query) => query.where('request_id', '<', before ?? ''))
    .orderBy('request_id', 'desc')
    .limit(limit)
    .execute();

export const countWaiting = (db: Queryable, recipientIds: readonly string[], now: Date) =>
  db
    .selectFrom('teammate_requests')
    .select((eb) => ['recipient_id', eb.fn.countAll<number>().as('count')])
    .where('recipient_id', '=', sql<string>`any(${recipientIds}::uuid[])`)
    .where('state', '=', 'pending')
    .where('expires_at', '>', now)
    .groupBy('recipient_id')
    .execute();

export const countWaitingBetween = (db: Queryable, after: string, last: string, now: Date) =>
  db
    .selectFrom('teammate_requests')
    .select((eb) => ['recipient_id', eb.fn.countAll<number>().as('count')])
    .where('recipient_id', '>', after)
    .where('recipient_id', '<=', last)
    .where('state', '=', 'pending')
    .where('expires_at', '>', now)
    .groupBy('recipient_id')
    .execute();

/** Who may write to a person; everyone until he said otherwise. */
export async function findWhoMayWrite(db: Queryable, accountId: string) {
  const row = await db
    .selectFrom('privacy_settings')
    .select('who_may_write')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.who_may_write ?? 'everyone';
}

/** The same for several people; those who said nothing are left out. */
export async function findPrivacyOf(db: Queryable, accountIds: readonly string[]) {
  const rows = await db
    .selectFrom('privacy_settings')
    .selectAll()
    .where(sql<boolean>`account_id = any(${accountIds}::uuid[])`)
    .execute();
  return new Map(rows.map(({ account_id, who_may_write }) => [account_id, who_may_write]));
}

export const upsertPrivacy = (tx: Queryable, row: Insertable<Tables['privacy_settings']>) =>
  tx
    .insertInto('privacy_settings')
    .values(row)
    .onConflict((oc) => oc.column('account_id').doUpdateSet({ who_may_write: row.who_may_write }))
    .execute();

/** Everything between one person and all others, from both sides. Returns the requests that there were. */
export async function deleteEverythingOf(tx: Tx, accountId: string): Promise<TeammateRequestRow[]> {
  await tx.deleteFrom('privacy_settings').where('account_id', '=', accountId).execute();
  for (const [table, other] of [
    ['blocks', 'blocked_id'],
    ['hidden_people', 'hidden_id'],
    ['teammates', 'teammate_id'],
  ] as const) {
    const isTheirs = sql<boolean>`account_id = ${accountId} or ${sql.ref(other)} = ${accountId}`;
    await tx.deleteFrom(table).where(isTheirs).execute();
  }
  return tx
    .deleteFrom('teammate_requests')
    .where((eb) => eb.or([eb('sender_id', '=', accountId), eb('recipient_id', '=', accountId)]))
    .returningAll()
    .execute();
}

/** Requests about a game are about the one that it was merged into. */
export const updateGameOfRequests = (tx: Tx, gameId: string, intoGameId: string) =>
  tx.updateTable('teammate_requests').set({ game_id: intoGameId }).where('game_id', '=', gameId).execute();
