import type { MediaPart } from './links.ts';

/** Where the files of one medium lie in the store. Ids begin with the time, so their ends spread them evenly. */
export const folderKey = (mediaId: string): string => `${shardOf(mediaId)}/${mediaId}`;

export const fileKey = (mediaId: string, part: MediaPart): string =>
  `${folderKey(mediaId)}/${part === 'content' ? part : `${part}.webp`}`;

/** The folders that the folders of media lie in. */
export const shards: readonly string[] = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

const shardOf = (mediaId: string): string => mediaId.slice(-2);
