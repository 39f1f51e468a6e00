import { createRequire } from 'node:module';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { type Door, door } from './door.ts';
import { notFound } from './errors.ts';
import { MAX_FRAME_BYTES } from './frames.ts';
import { ADDRESS_FACTOR, limitRules, windowsOf } from './rate-limits.ts';
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
    termsVersion: Type.String({ description: 'What `acceptedTerms` must name, at registration and after a change.' }),
    contactEmail: Type.Optional(
      Type.String({ description: 'Where people reach those who run the service: an app must show it.' }),
    ),
    minAppVersion: Type.Optional(
      Type.String({ description: 'Such as `1.2`: an app that is older asks to be updated and does nothing else.' }),
    ),
    maxFrameBytes: Type.Integer(),
    limits: Type.Array(ref(Limit), {
      description:
        `Of one account, and from one address ${ADDRESS_FACTOR} times as many for all accounts together (then the headers name ` +
        '`…_address`). Doors that are open to everyone count by address alone.',
    }),
  }),
);

const OpenApiDocument = model('OpenApiDocument', Type.Object({}, { additionalProperties: true }));

const LinkedPath = model('LinkedPath', Type.Object({ '/': Type.String() }));
const LinkedApp = model(
  'LinkedApp',
  Type.Object({ appIDs: Type.Array(Type.String()), components: Type.Array(ref(LinkedPath)) }),
);
const AppleAppLinks = model('AppleAppLinks', Type.Object({ details: Type.Array(ref(LinkedApp)) }));
const AppleWebCredentials = model('AppleWebCredentials', Type.Object({ apps: Type.Array(Type.String()) }));
const AppleAppSiteAssociation = model(
  'AppleAppSiteAssociation',
  Type.Object({ applinks: ref(AppleAppLinks), webcredentials: ref(AppleWebCredentials) }),
);

/** Links that an app opens instead of the browser: an invitation, a person, and those of our letters. */
const LINKED_PATHS = ['/i/*', '/u/*', '/verify-email', '/reset-password'];

export type DocumentOptions = {
  termsVersion: string;
  contactEmail?: string | undefined;
  minAppVersion?: string | undefined;
  appIds: readonly string[];
  readDocument: () => object;
};

/** What a client may know before anybody signs in. */
export const documentRoutes = ({
  termsVersion,
  contactEmail,
  minAppVersion,
  appIds,
  readDocument,
}: DocumentOptions): Door[] => [
  door({
    operationId: 'getMeta',
    method: 'GET',
    path: '/v1/meta',
    tag: 'operation',
    summary: 'Version, terms, contact and limits of the service',
    access: 'public',
    status: 200,
    answer: Meta,
    handle: () => ({
      version,
      termsVersion,
      ...(contactEmail !== undefined && { contactEmail }),
      ...(minAppVersion !== undefined && { minAppVersion }),
      maxFrameBytes: MAX_FRAME_BYTES,
      limits: Object.entries(limitRules)
        .flatMap(([name, rule]) => windowsOf(name, rule))
        .map(({ name, points, windowSeconds }) => ({ name, calls: points, windowSeconds })),
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
  door({
    operationId: 'getAppleAppSiteAssociation',
    method: 'GET',
    path: '/.well-known/apple-app-site-association',
    tag: 'operation',
    summary: 'Which apps open links to this server',
    description: 'Read by Apple. There is none unless the server names its apps.',
    access: 'public',
    status: 200,
    answer: AppleAppSiteAssociation,
    handle() {
      if (appIds.length === 0) throw notFound();
      return {
        applinks: { details: [{ appIDs: [...appIds], components: LINKED_PATHS.map((path) => ({ '/': path })) }] },
        webcredentials: { apps: [...appIds] },
      };
    },
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
