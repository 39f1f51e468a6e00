import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = ['media'] as const satisfies readonly (keyof Tables)[];

export type PictureSize = { width: number; height: number; sizeBytes: number };
export type MediaRow = Omit<Selectable<Tables['media']>, 'sizes'> & { sizes: PictureSize[] };
