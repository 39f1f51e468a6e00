import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = [
  'devices',
  'notification_settings',
  'notifications',
  'pushes',
  'digests',
] as const satisfies readonly (keyof Tables)[];

export type DeviceRow = Selectable<Tables['devices']>;
export type NotificationSettingsRow = Selectable<Tables['notification_settings']>;
export type NotificationRow = Selectable<Tables['notifications']>;
export type PushRow = Selectable<Tables['pushes']>;

/** A push that this node is about to send, with its device. */
export type ClaimedPush = PushRow & DeviceRow;
