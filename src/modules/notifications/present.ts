import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Device } from './schemas.ts';
import type { DeviceRow } from './tables.ts';

/** The token stays inside: it is good for nothing but pushing to this device. */
export const presentDevice = (row: DeviceRow, { sessionId }: Actor): Static<typeof Device> => ({
  deviceId: row.device_id,
  environment: row.environment,
  locale: row.locale,
  ...(row.app_version !== null && { appVersion: row.app_version }),
  isCurrent: row.session_id === sessionId,
  registeredAt: row.registered_at,
});
