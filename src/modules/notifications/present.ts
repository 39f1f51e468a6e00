import type { Static } from 'typebox';
import type { Card } from '#modules/profiles/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Locale } from '#platform/errors.ts';
import type { Device, Notification, NotificationData, NotificationSettings } from './schemas.ts';
import type { Settings } from './settings.ts';
import type { DeviceRow, NotificationRow } from './tables.ts';
import { feedText } from './texts.ts';

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
  digests: settings.areDigestsOn,
});

const presentTime = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

export const presentNotification = (
  row: NotificationRow,
  card: Static<typeof Card> | undefined,
  locale: Locale,
): Static<typeof Notification> => {
  const { said, ...data } = row.data as NotificationData;
  return {
    notificationId: row.notification_id,
    kind: row.kind,
    ...(said && { title: said.title }),
    text: said?.text ?? feedText(row.kind, locale, card?.displayName ?? '', data.code),
    ...(card && { user: card }),
    ...data,
    isRead: row.read_at !== null,
    createdAt: row.created_at,
  };
};
