import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = [
  'devices',
  'notification_settings',
  'notifications',
] as const satisfies readonly (keyof Tables)[];

export type DeviceRow = Selectable<Tables['devices']>;
export type NotificationSettingsRow = Selectable<Tables['notification_settings']>;
export type NotificationRow = Selectable<Tables['notifications']>;
