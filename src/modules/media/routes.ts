import { type Door, door } from '#platform/door.ts';
import { Bytes } from '#platform/schemas.ts';
import { getFile } from './actions/get-file.ts';
import { fileNotFound } from './errors.ts';
import { FileParams, FileQuery } from './schemas.ts';
import type { MediaTools } from './tools.ts';

export const mediaRoutes = (tools: MediaTools): Door[] => [
  door({
    operationId: 'getFile',
    method: 'GET',
    path: '/v1/media/{mediaId}/{size}',
    tag: 'media',
    summary: 'A picture by its signed link',
    description: 'Take the address as it was given: it is signed and ends.',
    access: 'public',
    ignoresToken: true,
    params: FileParams,
    query: FileQuery,
    status: 200,
    answer: Bytes,
    answerType: 'image/webp',
    problems: [fileNotFound],
    handle({ params, query, exchange }) {
      // What lies behind an address never changes; it is the link that ends.
      exchange.setHeader('cache-control', 'private, max-age=86400, immutable');
      return getFile(tools, params, query);
    },
  }),
];
