import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = ['ratings', 'rater_agreements', 'rating_clock'] as const satisfies readonly (keyof Tables)[];

export type RatingRow = Selectable<Tables['ratings']>;
