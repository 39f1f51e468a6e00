import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { presentDevice } from '../present.ts';
import { upsertDevice } from '../queries/devices.ts';
import type { Device, DeviceBody } from '../schemas.ts';
import type { NotificationsTools } from '../tools.ts';

/** Sends the caller's pushes to this device for as long as the session lasts; no longer to others with its token. */
export async function putDevice(
  { db, clock }: NotificationsTools,
  actor: Actor,
  deviceId: string,
  { apnsToken, environment, locale, appVersion }: Static<typeof DeviceBody>,
): Promise<Static<typeof Device>> {
  const row = await db.transaction((tx) =>
    upsertDevice(tx, {
      account_id: actor.accountId,
      device_id: deviceId,
      session_id: actor.sessionId,
      apns_token: apnsToken.toLowerCase(),
      environment,
      locale,
      app_version: appVersion ?? null,
      registered_at: clock.now(),
    }),
  );
  return presentDevice(row, actor);
}
