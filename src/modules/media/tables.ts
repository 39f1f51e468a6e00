import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = ['media'] as const satisfies readonly (keyof Tables)[];

export type PictureSize = { width: number; height: number; sizeBytes: number };
export type MediaRow = Omit<Selectable<Tables['media']>, 'sizes'> & { sizes: PictureSize[] };

export const mediaKinds = ['picture', 'voice', 'file'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** A finished upload as whatever refers to it keeps it. */
export type Attachment = {
  mediaId: string;
  kind: MediaKind;
  contentType: string;
  sizeBytes: number;
  name?: string;
  width?: number;
  height?: number;
  placeholder?: string;
  durationSeconds?: number;
};
