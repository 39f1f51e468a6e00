import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = ['devices'] as const satisfies readonly (keyof Tables)[];

export type DeviceRow = Selectable<Tables['devices']>;
