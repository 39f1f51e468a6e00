import type { Actor } from '#platform/actor.ts';
import { deleteDevice as deleteRow } from '../queries/devices.ts';
import type { NotificationsTools } from '../tools.ts';

/** Sends no more pushes to the device. */
export async function deleteDevice({ db }: NotificationsTools, actor: Actor, deviceId: string): Promise<void> {
  await deleteRow(db.statement, actor.accountId, deviceId);
}
