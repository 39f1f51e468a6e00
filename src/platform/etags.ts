import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Tags an answer with its content and, when the client holds this very content, sends 304 in its place. */
export async function answerNotModified(request: FastifyRequest, reply: FastifyReply, body: unknown): Promise<unknown> {
  if (reply.statusCode !== 200 || typeof body !== 'string') return body;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  // Kept by the client alone, since an answer may depend on who asks, and asked again each time.
  reply.headers({ etag, 'cache-control': 'private, no-cache' });
  if (!namesEtag(request.headers['if-none-match'], etag)) return body;
  reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return '';
}

/** Whether a header `If-None-Match` or `If-Match` names the tag, by weak comparison: proxies that compress weaken tags. */
export function namesEtag(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}
