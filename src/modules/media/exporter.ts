import { type Exporter, type ExportFile, exportRows } from '#platform/exports.ts';
import { fileKey } from './keys.ts';
import type { MediaRow } from './tables.ts';
import type { MediaTools } from './tools.ts';

/**
 * What a person uploaded: pictures in their largest size, voice notes and files as they came. What refers to a file, be it
 * others or a report, is not theirs to know; of what is deleted, only files that reports keep still lie here.
 */
export const createMediaExporter = ({ db: { read }, files }: Pick<MediaTools, 'db' | 'files'>): Exporter =>
  async function* exportMedia(accountId) {
    const query: Parameters<typeof exportRows<'media'>>[2] = {
      where: { owner_id: accountId },
      key: ['created_at', 'media_id'],
      without: ['placeholder', 'content_hash', 'doomed_at', 'evidence_count', 'uses', 'unused_since'],
      mask: (row) => (row.doomed_at ? undefined : row),
    };
    yield { path: 'media/media.json', rows: exportRows(read, 'media', query) };
    for await (const row of exportRows(read, 'media', query)) {
      const { mediaId, kind, sizes } = row as { mediaId: string; kind: MediaRow['kind']; sizes: MediaRow['sizes'] };
      const part = kind === 'picture' ? sizes.length - 1 : 'content';
      const path = `media/${mediaId}${kind === 'picture' ? '.webp' : ''}`;
      yield { path, open: async () => files.open(fileKey(mediaId, part)) } satisfies ExportFile;
    }
  };
