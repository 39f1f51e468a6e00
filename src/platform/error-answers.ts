import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { isUnavailable } from './database.ts';
import {
  headersTooLarge,
  internalError,
  invalidJson,
  malformedRequest,
  notFound,
  ProblemError,
  payloadTooLarge,
  presentProblem,
  requestTooSlow,
  unavailable,
  unsupportedMediaType,
} from './errors.ts';
import { pickLocale } from './locale.ts';
import { logRefused, visits } from './security-log.ts';

/** The answer to whatever was thrown at a door or before one. */
export function answerError(error: FastifyError | ProblemError, request: FastifyRequest, reply: FastifyReply) {
  const problem = toProblem(error);
  logRefused(request, visits.get(request), problem);
  const hasClientLeft = request.raw.destroyed && !request.raw.complete;
  if (problem.definition.status >= 500 && !hasClientLeft)
    request.log.error({ err: error, requestId: request.id }, 'a request failed');
  return sendProblem(request, reply, problem);
}

/** Turns whatever was thrown into a problem that tells nothing of our insides. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isUnavailable(error)) return unavailable({ retryAfterSeconds: 2 });
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (FASTIFY_PROBLEMS[String(code)] ?? internalError)();
}

const FASTIFY_PROBLEMS: Record<string, () => ProblemError> = {
  FST_ERR_CTP_BODY_TOO_LARGE: payloadTooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: unsupportedMediaType,
  FST_ERR_CTP_EMPTY_TYPE: unsupportedMediaType,
  FST_ERR_CTP_EMPTY_JSON_BODY: invalidJson,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: malformedRequest,
  FST_ERR_CTP_INVALID_JSON_BODY: invalidJson,
  FST_ERR_BAD_URL: malformedRequest,
  // Of a method that carries a body, such as QUERY, which no address knows.
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: unsupportedMediaType,
  // A path out of the folder of the docs page.
  FST_STATIC_FORBIDDEN_PATH: notFound,
  FST_ERR_MAX_PARAM_LENGTH: notFound,
};

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: ProblemError) {
  const { status } = error.definition;
  const { retryAfterSeconds, headers } = error.extra;
  if (headers) reply.headers(headers);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  const body = presentProblem(error, pickLocale(request.headers['accept-language']), request.id);
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

/** What Node refuses before there is a request: broken HTTP, headers too large, a client too slow. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = (CLIENT_PROBLEMS[error.code ?? ''] ?? malformedRequest)();
  const body = JSON.stringify(presentProblem(problem, 'en'));
  const { status } = problem.definition;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      'Content-Type: application/problem+json; charset=utf-8\r\nConnection: close\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** What Node calls a request that takes too long. */
export const SLOW = 'ERR_HTTP_REQUEST_TIMEOUT';

const CLIENT_PROBLEMS: Record<string, () => ProblemError> = {
  HPE_HEADER_OVERFLOW: headersTooLarge,
  [SLOW]: requestTooSlow,
};
