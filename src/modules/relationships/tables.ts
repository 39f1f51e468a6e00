import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = [
  'blocks',
  'hidden_people',
  'teammates',
  'teammate_requests',
  'privacy_settings',
] as const satisfies readonly (keyof Tables)[];

export type TeammateRequestRow = Selectable<Tables['teammate_requests']>;
