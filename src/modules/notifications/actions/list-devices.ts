import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { presentDevice } from '../present.ts';
import { findDevices } from '../queries/devices.ts';
import type { DeviceList } from '../schemas.ts';
import type { NotificationsTools } from '../tools.ts';

/** There is one for each session at most, and sessions are few. */
export async function listDevices({ db }: NotificationsTools, actor: Actor): Promise<Static<typeof DeviceList>> {
  const rows = await findDevices(db.read, actor.accountId);
  return { items: rows.map((row) => presentDevice(row, actor)) };
}
