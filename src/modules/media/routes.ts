import { type Door, door, type Exchange } from '#platform/door.ts';
import { ByteStream } from '#platform/schemas.ts';
import { getContent } from './actions/get-content.ts';
import { getFile } from './actions/get-file.ts';
import { getMedia } from './actions/get-media.ts';
import { listMedia } from './actions/list-media.ts';
import { putContent } from './actions/put-content.ts';
import { startUpload } from './actions/start-upload.ts';
import { voiceTypes } from './content-types.ts';
import {
  brokenPicture,
  fileNotFound,
  fileRefused,
  mediaNotFound,
  mediaQuotaReached,
  notAPicture,
  notAVoiceNote,
  pictureTooLarge,
  rangeNotSatisfiable,
  uploadEnded,
  uploadSizeDiffers,
  uploadTaken,
} from './errors.ts';
import { MAX_UPLOAD_BYTES } from './limits.ts';
import {
  FileParams,
  FileQuery,
  MediaFile,
  MediaList,
  MediaParams,
  MediaQuery,
  StartUploadBody,
  UploadTicket,
} from './schemas.ts';
import type { MediaRow } from './tables.ts';
import type { MediaTools } from './tools.ts';

const tag = 'media';

export const mediaRoutes = (tools: MediaTools): Door[] => [...uploadRoutes(tools), ...linkRoutes(tools)];

const uploadRoutes = (tools: MediaTools): Door[] => [
  door({
    operationId: 'startUpload',
    method: 'POST',
    path: '/v1/media',
    tag,
    summary: 'Begin an upload',
    description:
      'Answers with the address for the bytes, good for an hour. Whatever no message or photo refers to a day later is ' +
      'deleted. In a day one may upload 100 files and 300 MiB.',
    access: 'media.write',
    limit: 'upload',
    body: StartUploadBody,
    status: 201,
    answer: UploadTicket,
    isIdempotentByKey: true,
    problems: [mediaQuotaReached, fileRefused],
    example: { body: { kind: 'voice', sizeBytes: 48_213, durationSeconds: 12.4 } },
    handle: ({ actor, body, exchange }) => startUpload(tools, actor, body, exchange.header('idempotency-key')),
  }),
  door({
    operationId: 'putContent',
    method: 'PUT',
    path: '/v1/media/{mediaId}/content',
    tag,
    summary: 'Upload the bytes',
    description:
      'The raw bytes, as an upload task of the system sends them; `application/octet-stream` is always right, for the ' +
      'type is found by content. Safe to repeat: the same bytes get the same answer. Pictures (JPEG, PNG, WebP, up to 50 ' +
      'megapixels) are made anew in several sizes and lose all metadata; voice notes are AAC or Opus; of files, programs ' +
      'and web pages are refused.',
    access: 'media.write',
    limit: 'upload_content',
    params: MediaParams,
    body: ByteStream,
    bodyTypes: ['image/jpeg', 'image/png', 'image/webp', ...voiceTypes, 'application/octet-stream'],
    isBodyStreamed: true,
    maxBodyBytes: MAX_UPLOAD_BYTES,
    status: 200,
    answer: MediaFile,
    problems: [
      mediaNotFound,
      uploadEnded,
      uploadTaken,
      uploadSizeDiffers,
      notAPicture,
      brokenPicture,
      pictureTooLarge,
      notAVoiceNote,
      fileRefused,
    ],
    handle: ({ actor, params, body, exchange }) =>
      putContent(tools, actor, { mediaId: params.mediaId, content: body, announcedBytes: readLength(exchange) }),
  }),
  door({
    operationId: 'listMedia',
    method: 'GET',
    path: '/v1/media',
    tag,
    summary: 'Links to files',
    description:
      'Those of the files that the caller may see now; the others are left out. The links end within ten minutes and are ' +
      'the same for five: keep what you fetched by `mediaId`, for it never changes.',
    access: 'media.read',
    query: MediaQuery,
    status: 200,
    answer: MediaList,
    handle: ({ actor, query }) => listMedia(tools, actor, query.mediaId),
  }),
  door({
    operationId: 'getMedia',
    method: 'GET',
    path: '/v1/media/{mediaId}',
    tag,
    summary: 'One file with its links',
    description:
      'For its uploader while nothing refers to it, and for whoever may read a message with it, or is in a chat whose ' +
      'photo it is.',
    access: 'media.read',
    params: MediaParams,
    status: 200,
    answer: MediaFile,
    problems: [mediaNotFound],
    handle: ({ actor, params }) => getMedia(tools, actor, params.mediaId),
  }),
];

const linkRoutes = (tools: MediaTools): Door[] => [
  door({
    operationId: 'getContent',
    method: 'GET',
    path: '/v1/media/{mediaId}/content',
    tag,
    summary: 'A voice note or a file by its signed link',
    description:
      'Take the address as it was given: it is signed and ends. With `Range` (one stretch of bytes) the answer is 206. ' +
      'Files come as attachments of no type, whatever they are.',
    access: 'public',
    ignoresToken: true,
    params: MediaParams,
    query: FileQuery,
    status: 200,
    answer: ByteStream,
    answerTypes: ['application/octet-stream', ...voiceTypes],
    problems: [fileNotFound, rangeNotSatisfiable],
    async handle({ params, query, exchange }) {
      const { row, bytes, range } = await getContent(tools, params, query, exchange.header('range'));
      const { start, end } = range ?? { start: 0, end: row.size_bytes - 1 };
      if (range) exchange.answerWithRange(range, row.size_bytes);
      exchange.setHeader('content-length', String(end - start + 1));
      setFileHeaders(exchange, row);
      return bytes;
    },
  }),
  door({
    operationId: 'getFile',
    method: 'GET',
    path: '/v1/media/{mediaId}/{size}',
    tag,
    summary: 'A picture by its signed link',
    description: 'Take the address as it was given: it is signed and ends.',
    access: 'public',
    ignoresToken: true,
    params: FileParams,
    query: FileQuery,
    status: 200,
    answer: ByteStream,
    answerTypes: ['image/webp'],
    problems: [fileNotFound],
    handle({ params, query, exchange }) {
      setLinkHeaders(exchange);
      return getFile(tools, params, query);
    },
  }),
];

/** What lies behind an address never changes; it is the link that ends. Pages of any site that has one may show it. */
function setLinkHeaders(exchange: Exchange): void {
  exchange.setHeader('cache-control', 'private, max-age=86400, immutable');
  exchange.setHeader('cross-origin-resource-policy', 'cross-origin');
}

/** Nothing that somebody uploaded runs as a page of ours, whatever a browser makes of it. */
function setFileHeaders(exchange: Exchange, { kind, content_type, name }: MediaRow): void {
  setLinkHeaders(exchange);
  exchange.setHeader('accept-ranges', 'bytes');
  exchange.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
  if (kind === 'voice') exchange.setHeader('content-type', content_type);
  else exchange.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeName(name ?? 'file')}`);
}

/** RFC 8187 allows less than a URL does. */
const encodeName = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (mark) => `%${mark.codePointAt(0)?.toString(16).toUpperCase()}`);

function readLength(exchange: Exchange): number | undefined {
  const length = exchange.header('content-length');
  return length === undefined ? undefined : Number(length);
}
