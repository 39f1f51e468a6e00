import { sql } from 'kysely';
import type { Queryable, Tx } from '../database.ts';
import type { Logger } from '../logger.ts';
import type { Position } from '../relay.ts';

export type EventRow = { event_id: number; transaction_id: string; type: string; payload: unknown; occurred_at: Date };

const KEEP_DAYS = 7;

export async function findEvents(
  db: Queryable,
  types: ReadonlySet<string>,
  after: Position,
  limit: number,
): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select event_id, transaction_id::text as transaction_id, type, payload, occurred_at
    from outbox_events
    where (transaction_id, event_id) > (${after.transactionId}::xid8, ${after.eventId}::bigint)
      and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      and type = any(${[...types]})
    order by outbox_events.transaction_id, event_id
    limit ${limit}`.execute(db);
  return rows;
}

/**
 * Whether committed events are left after a place. Asked once `findEvents` gives no more: those left were hidden by a
 * transaction that was still running then. It may have ended since, so the question must not be whether it hides them now.
 */
export async function hasEventsLeft(db: Queryable, types: ReadonlySet<string>, after: Position): Promise<boolean> {
  const { rows } = await sql<{ is_left: boolean }>`
    select exists (
      select from outbox_events
      where (transaction_id, event_id) > (${after.transactionId}::xid8, ${after.eventId}::bigint)
        and type = any(${[...types]})
    ) as is_left`.execute(db);
  return rows[0]?.is_left ?? false;
}

export async function countEvents(db: Queryable, types: ReadonlySet<string>, after: Position): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*) as waiting from outbox_events
    where (transaction_id, event_id) > (${after.transactionId}::xid8, ${after.eventId}::bigint)
      and type = any(${[...types]})`.execute(db);
  return rows[0]?.waiting ?? 0;
}

export async function findPosition(db: Queryable): Promise<Position> {
  const { rows } = await sql<{ transaction_id: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as transaction_id`.execute(db);
  return { transactionId: rows[0]?.transaction_id ?? '0', eventId: 0 };
}

/** A server restored to an earlier moment goes on in another timeline, so its log is another one. */
export async function findLogId(db: Queryable): Promise<string | undefined> {
  const { rows } = await sql<{ log_id: string }>`
    select concat_ws('.', system_identifier, timeline_id, (select oid from pg_database where datname = current_database()))
      as log_id
    from pg_control_system(), pg_control_checkpoint()`.execute(db);
  return rows[0]?.log_id;
}

export async function insertCursor(db: Queryable, consumer: string): Promise<void> {
  await sql`
    insert into outbox_cursors (consumer, transaction_id, event_id) values (${consumer}, '0', 0)
    on conflict do nothing`.execute(db);
}

export async function findCursor(db: Queryable, consumer: string): Promise<Position | undefined> {
  const { rows } = await sql<Position>`
    select transaction_id::text as "transactionId", event_id as "eventId" from outbox_cursors
    where consumer = ${consumer}`.execute(db);
  return rows[0];
}

/** The place of a consumer, and how far the log was complete when it was read: nothing before that can appear any more. */
export async function lockCursor(
  tx: Tx,
  consumer: string,
): Promise<{ cursor: Position; horizon: Position } | undefined> {
  const { rows } = await sql<{ transaction_id: string; event_id: number; horizon: string }>`
    select transaction_id::text as transaction_id, event_id, pg_snapshot_xmin(pg_current_snapshot())::text as horizon
    from outbox_cursors
    where consumer = ${consumer} for update skip locked`.execute(tx);
  const row = rows[0];
  return (
    row && {
      cursor: { transactionId: row.transaction_id, eventId: row.event_id },
      horizon: { transactionId: row.horizon, eventId: 0 },
    }
  );
}

export async function updateCursor(tx: Tx, consumer: string, to: Position): Promise<void> {
  await sql`
    update outbox_cursors
    set transaction_id = ${to.transactionId}::xid8, event_id = ${to.eventId}, failures = 0, updated_at = now()
    where consumer = ${consumer}`.execute(tx);
}

/** Old events go once every consumer has passed them. */
export async function purge(db: Queryable, logger: Logger): Promise<void> {
  try {
    await sql`
      delete from outbox_events
      where occurred_at < now() - make_interval(days => ${KEEP_DAYS})
        and (transaction_id, event_id) <= all (select transaction_id, event_id from outbox_cursors)`.execute(db);
    await sql`delete from idempotency_keys where created_at < now() - interval '2 days'`.execute(db);
  } catch (error) {
    logger.warn({ err: error }, 'old events could not be removed');
  }
}
