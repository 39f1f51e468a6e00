import { sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { ClaimedPush, PushRow } from '../tables.ts';

export type NewPush = { accountId: string; subject: string; fromSeq?: number };
export type Timing = {
  newestAt: Date;
  dueAt: Date;
  /** The least time between two pushes of one subject. */
  distanceSeconds: number;
  /** Only to devices whose badge shows something. */
  areBadged?: boolean;
  /** Only to this device. */
  deviceId?: string;
};

/**
 * Queues a push for each device of the accounts. What waits for the same subject takes the new one along, and keeps its
 * time, so that a busy chat cannot put its push off. Returns the accounts that have a device.
 */
export async function upsertPushes(tx: Tx, pushes: readonly NewPush[], timing: Timing): Promise<string[]> {
  const { newestAt, dueAt, distanceSeconds, areBadged = false, deviceId } = timing;
  const { rows } = await sql<{ account_id: string }>`
    insert into pushes (account_id, device_id, subject, from_seq, push_id, newest_at, due_at)
    select account_id, device_id, subject, from_seq, gen_random_uuid(), ${newestAt}, ${dueAt}
    from unnest(
      ${pushes.map(({ accountId }) => accountId)}::uuid[], ${pushes.map(({ subject }) => subject)}::text[],
      ${pushes.map(({ fromSeq }) => fromSeq ?? 0)}::integer[]) as wanted (account_id, subject, from_seq)
    join devices using (account_id)
    where (badge > 0 or not ${areBadged}) and device_id = coalesce(${deviceId ?? null}::uuid, device_id)
    order by account_id, device_id, subject
    on conflict (account_id, device_id, subject) do update
    set version = pushes.version + 1, newest_at = excluded.newest_at,
      from_seq = case when pushes.due_at is null then excluded.from_seq else least(pushes.from_seq, excluded.from_seq) end,
      push_id = case when pushes.due_at is null then excluded.push_id else pushes.push_id end,
      due_at = case when pushes.tries > 0 then pushes.due_at
        else least(pushes.due_at, greatest(excluded.due_at, pushes.sent_at + make_interval(secs => ${distanceSeconds})))
        end
    returning account_id`.execute(tx);
  return rows.map(({ account_id }) => account_id);
}

/** Takes what is due; whoever dies with it leaves it to others when the lease ends. */
export async function claimPushes(
  db: Queryable,
  now: Date,
  leaseSeconds: number,
  limit: number,
): Promise<ClaimedPush[]> {
  const { rows } = await sql<ClaimedPush>`
    update pushes set claimed_until = ${now}::timestamptz + make_interval(secs => ${leaseSeconds})
    from (
      select account_id, device_id, subject from pushes
      where due_at <= ${now} and (claimed_until is null or claimed_until <= ${now})
      order by due_at for update skip locked limit ${limit}
    ) as due join devices using (account_id, device_id)
    where pushes.account_id = due.account_id and pushes.device_id = due.device_id and pushes.subject = due.subject
    returning pushes.*, devices.session_id, apns_token, environment, locale, app_version, registered_at, badge`.execute(
    db,
  );
  return rows;
}

export type Keyed = Pick<PushRow, 'account_id' | 'device_id' | 'subject' | 'version'>;

const keysOf = (rows: readonly Keyed[]) => sql`unnest(
  ${rows.map(({ account_id }) => account_id)}::uuid[], ${rows.map(({ device_id }) => device_id)}::uuid[],
  ${rows.map(({ subject }) => subject)}::text[], ${rows.map(({ version }) => version)}::integer[])`;

const isSame = sql`pushes.account_id = done.account_id and pushes.device_id = done.device_id
  and pushes.subject = done.subject`;

export type Sent = Keyed & { toldSeq: number; shownBadge: number };

/** What joined a push while it was being sent waits for the next. */
export async function markSent(tx: Tx, sent: readonly Sent[], now: Date, distanceSeconds: number): Promise<void> {
  await sql`
    update pushes
    set sent_at = ${now}, claimed_until = null, tries = 0, from_seq = told_seq + 1, push_id = gen_random_uuid(),
      due_at = case when pushes.version > done.version
        then ${now}::timestamptz + make_interval(secs => ${distanceSeconds}) end
    from (
      select * from ${keysOf(sent)} with ordinality as keys (account_id, device_id, subject, version, place)
      join unnest(${sent.map(({ toldSeq }) => toldSeq)}::integer[]) with ordinality as told (told_seq, place) using (place)
    ) as done
    where ${isSame}`.execute(tx);
  await sql`
    update devices set badge = shown
    from unnest(
      ${sent.map(({ account_id }) => account_id)}::uuid[], ${sent.map(({ device_id }) => device_id)}::uuid[],
      ${sent.map(({ shownBadge }) => shownBadge)}::integer[]) as done (account_id, device_id, shown)
    where devices.account_id = done.account_id and devices.device_id = done.device_id and badge <> shown`.execute(tx);
}

/** What joined meanwhile is looked at again. */
export async function deletePushes(tx: Tx, rows: readonly Keyed[]): Promise<void> {
  await sql`
    update pushes set claimed_until = null
    from ${keysOf(rows)} as done (account_id, device_id, subject, version)
    where ${isSame} and pushes.version > done.version`.execute(tx);
  await sql`
    delete from pushes using ${keysOf(rows)} as done (account_id, device_id, subject, version)
    where ${isSame} and pushes.version = done.version`.execute(tx);
}

/** Lets them wait; a failure is counted. What joined meanwhile ends a wait early, but not that after a failure. */
export async function postponePushes(
  tx: Tx,
  rows: readonly (Keyed & { until: Date; hasFailed: boolean })[],
): Promise<void> {
  await sql`
    update pushes
    set claimed_until = null, tries = tries + case when has_failed then 1 else 0 end,
      due_at = case when has_failed or pushes.version = done.version then wait_until else pushes.due_at end
    from (
      select * from ${keysOf(rows)} with ordinality as keys (account_id, device_id, subject, version, place)
      join unnest(
        ${rows.map(({ until }) => until)}::timestamptz[], ${rows.map(({ hasFailed }) => hasFailed)}::boolean[]
      ) with ordinality as waits (wait_until, has_failed, place) using (place)
    ) as done
    where ${isSame}`.execute(tx);
}

/** Forgets what was sent so long ago that the next of its subject need not keep its distance. */
export const deleteSentBefore = (db: Queryable, before: Date) =>
  db.deleteFrom('pushes').where('due_at', 'is', null).where('sent_at', '<', before).execute();

export async function findQueueLag(db: Queryable, now: Date): Promise<{ oldestAt: Date | null; waiting: number }> {
  const { rows } = await sql<{ oldest_at: Date | null; waiting: number }>`
    select min(due_at) as oldest_at, count(*) as waiting from pushes where due_at <= ${now}`.execute(db);
  return { oldestAt: rows[0]?.oldest_at ?? null, waiting: rows[0]?.waiting ?? 0 };
}
