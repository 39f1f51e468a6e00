import { type Door, door } from '#platform/door.ts';
import { ByteStream } from '#platform/schemas.ts';
import { getExport } from './actions/get-export.ts';
import { getExportArchive } from './actions/get-export-archive.ts';
import { requestExport } from './actions/request-export.ts';
import { DataExport, ExportLink, ExportParams } from './schemas/own-data.ts';
import type { AccountsTools } from './tools.ts';

const tag = 'accounts';

/** Everything held about the caller, as one archive. */
export const exportRoutes = (tools: AccountsTools): Door[] => [
  door({
    operationId: 'requestExport',
    method: 'POST',
    path: '/v1/me/export',
    tag,
    summary: 'Ask for everything held about me',
    description:
      'Makes one archive (ZIP with JSON and pictures) in the background, at most twice a day; a letter tells when it is ' +
      'ready. While one is being made, asking again changes nothing.',
    access: 'account.read',
    status: 202,
    answer: DataExport,
    handle: ({ actor }) => requestExport(tools, actor),
  }),
  door({
    operationId: 'getExport',
    method: 'GET',
    path: '/v1/me/export',
    tag,
    summary: 'How far my archive is, and where to download it',
    description: 'A ready archive is kept for seven days. Its link ends after ten minutes: ask again for another.',
    access: 'account.read',
    status: 200,
    answer: DataExport,
    handle: ({ actor }) => getExport(tools, actor),
  }),
  door({
    operationId: 'getExportArchive',
    method: 'GET',
    path: '/v1/exports/{exportId}',
    tag,
    summary: 'The archive by its signed link',
    description: 'Take the address as it was given: it is signed and ends.',
    access: 'public',
    ignoresToken: true,
    params: ExportParams,
    query: ExportLink,
    status: 200,
    answer: ByteStream,
    answerTypes: ['application/zip'],
    async handle({ params, query, exchange }) {
      const { stream, sizeBytes } = await getExportArchive(tools, params.exportId, query);
      exchange.setHeader('content-length', String(sizeBytes));
      exchange.setHeader('content-disposition', 'attachment; filename="soyamate-data.zip"');
      return stream;
    },
  }),
];
