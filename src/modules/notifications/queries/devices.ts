import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { DeviceRow } from '../tables.ts';

/**
 * Gives the device to this account and session. Whoever had its token before loses it, and so does an earlier device of
 * the session: an app that was installed anew.
 */
export async function upsertDevice(tx: Tx, row: Insertable<Tables['devices']>): Promise<DeviceRow> {
  // Two people who name one token at once go one by one.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`device ${row.apns_token}`}, 0))`.execute(tx);
  await tx
    .deleteFrom('devices')
    .where((eb) => eb.or([eb('apns_token', '=', row.apns_token), eb('session_id', '=', row.session_id)]))
    .where((eb) => eb.not(eb.and({ account_id: row.account_id, device_id: row.device_id })))
    .execute();
  const { account_id, device_id, ...change } = row;
  return tx
    .insertInto('devices')
    .values({ account_id, device_id, ...change })
    .onConflict((oc) => oc.columns(['account_id', 'device_id']).doUpdateSet(change))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The latest registered first. */
export const findDevices = (db: Queryable, accountId: string): Promise<DeviceRow[]> =>
  db
    .selectFrom('devices')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('registered_at', 'desc')
    .orderBy('device_id')
    .execute();

export const deleteDevice = (db: Queryable, accountId: string, deviceId: string) =>
  db.deleteFrom('devices').where('account_id', '=', accountId).where('device_id', '=', deviceId).execute();

export const deleteDevicesOfSessions = (db: Queryable, sessionIds: readonly string[]) =>
  db.deleteFrom('devices').where('session_id', '=', sql<string>`any(${sessionIds}::uuid[])`).execute();

export const deleteDevicesOfAccount = (db: Queryable, accountId: string) =>
  db.deleteFrom('devices').where('account_id', '=', accountId).execute();

/** The token leads nowhere. It stays if the app has named it again since Apple saw it dead. */
export const deleteDeadDevice = (tx: Tx, { account_id, device_id, apns_token }: DeviceRow, since: Date | undefined) =>
  tx
    .deleteFrom('devices')
    .where('account_id', '=', account_id)
    .where('device_id', '=', device_id)
    .where('apns_token', '=', apns_token)
    .$if(since !== undefined, (query) => query.where('registered_at', '<=', since ?? new Date()))
    .execute();
