import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = ['accounts', 'sessions'] as const satisfies readonly (keyof Tables)[];

export type AccountRow = Selectable<Tables['accounts']>;
