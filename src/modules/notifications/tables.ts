import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = ['devices', 'notification_settings'] as const satisfies readonly (keyof Tables)[];

export type DeviceRow = Selectable<Tables['devices']>;
export type NotificationSettingsRow = Selectable<Tables['notification_settings']>;
