import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = [
  'accounts',
  'sessions',
  'account_codes',
  'saved_codes',
  'assisted_recoveries',
  'sign_in_failures',
  'totp',
  'banned_identifiers',
  'apple_identities',
  'apple_tokens_used',
  'account_exports',
] as const satisfies readonly (keyof Tables)[];

export type AccountRow = Selectable<Tables['accounts']>;
