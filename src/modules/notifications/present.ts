import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Device, NotificationSettings } from './schemas.ts';
import type { Settings } from './settings.ts';
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

export const presentSettings = (settings: Settings): Static<typeof NotificationSettings> => ({
  kinds: settings.kinds,
  mentionsPassMute: settings.doMentionsPassMute,
  preview: settings.preview,
  showsRequestText: settings.isRequestTextShown,
  ...(settings.quietHours && {
    quietHours: { from: presentTime(settings.quietHours.from), to: presentTime(settings.quietHours.to) },
  }),
  matchPushesPerDay: settings.matchPushesPerDay,
});

const presentTime = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
