import { createRequire } from 'node:module';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { type Door, door } from './door.ts';
import { MAX_FRAME_BYTES } from './frames.ts';
import { limitRules } from './rate-limits.ts';
import { model, ref } from './schemas.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

export const VERSION = version;

const Limit = model(
  'Limit',
  Type.Object({ name: Type.String(), calls: Type.Integer(), windowSeconds: Type.Integer() }),
);

const Meta = model(
  'Meta',
  Type.Object({
    version: Type.String(),
    termsVersion: Type.String({ description: 'What `acceptedTerms` must name at registration.' }),
    maxFrameBytes: Type.Integer(),
    limits: Type.Array(ref(Limit)),
  }),
);

const OpenApiDocument = model('OpenApiDocument', Type.Object({}, { additionalProperties: true }));

/** What a client may know before anybody signs in. */
export const documentRoutes = (termsVersion: string, readDocument: () => object): Door[] => [
  door({
    operationId: 'getMeta',
    method: 'GET',
    path: '/v1/meta',
    tag: 'operation',
    summary: 'Version, terms and limits of the service',
    access: 'public',
    status: 200,
    answer: Meta,
    handle: () => ({
      version,
      termsVersion,
      maxFrameBytes: MAX_FRAME_BYTES,
      limits: Object.entries(limitRules).map(([name, { points, windowSeconds }]) => ({
        name,
        calls: points,
        windowSeconds,
      })),
    }),
  }),
  door({
    operationId: 'getOpenApiDocument',
    method: 'GET',
    path: '/openapi.json',
    tag: 'operation',
    summary: 'This document',
    access: 'public',
    status: 200,
    answer: OpenApiDocument,
    handle: () => readDocument(),
  }),
];

/** The document for people, at `/docs`. */
export async function openDocs(app: FastifyInstance, document: object): Promise<void> {
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    theme: { title: 'Soyamate API' },
    // Without the bar on top, which shows the logo of the library and invites to open other documents.
    uiConfig: { deepLinking: true, layout: 'BaseLayout' },
  });
}
