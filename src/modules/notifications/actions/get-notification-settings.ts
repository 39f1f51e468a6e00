import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { presentSettings } from '../present.ts';
import { findSettings } from '../queries/settings.ts';
import type { NotificationSettings } from '../schemas.ts';
import { readSettings } from '../settings.ts';
import type { NotificationsTools } from '../tools.ts';

export async function getNotificationSettings(
  { db }: NotificationsTools,
  { accountId }: Actor,
): Promise<Static<typeof NotificationSettings>> {
  const [row] = await findSettings(db.read, [accountId]);
  return presentSettings(readSettings(row));
}
