import { type Exporter, type ExportFile, exportRows } from '#platform/exports.ts';
import { fileKey } from './actions/store-picture.ts';
import type { MediaRow } from './tables.ts';
import type { MediaTools } from './tools.ts';

/** The pictures that a person uploaded, each in its largest size. */
export const createMediaExporter = ({ db: { read }, files }: Pick<MediaTools, 'db' | 'files'>): Exporter =>
  async function* exportMedia(accountId) {
    const query = { where: { owner_id: accountId }, key: ['created_at', 'media_id'] } as const;
    yield {
      path: 'media/pictures.json',
      rows: exportRows(read, 'media', { ...query, without: ['placeholder'] }),
    };
    for await (const row of exportRows(read, 'media', query)) {
      const { mediaId, sizes } = row as { mediaId: string; sizes: MediaRow['sizes'] };
      const largest = sizes.length - 1;
      yield { path: `media/${mediaId}.webp`, read: () => files.read(fileKey(mediaId, largest)) } satisfies ExportFile;
    }
  };
