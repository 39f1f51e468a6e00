import type { TSchema } from 'typebox';
import type { Door } from './door.ts';
import { commonProblems } from './errors.ts';
import { SOCKET_PATH } from './frames.ts';
import { idempotencyKeyReused, MAX_KEY_LENGTH } from './idempotency.ts';
import { limitsInWords } from './limits-in-words.ts';
import { limitRules, windowsOf } from './rate-limits.ts';
import { models } from './schemas.ts';

type Json = Record<string, unknown>;

export type ApiDescription = {
  doors: readonly Door[];
  publicUrl: string;
  version: string;
  /** Which roles have a permission, for the words of each operation. */
  rolesOf(permission: string): readonly string[];
  /** Model names of the frames by op, in both directions. */
  clientFrames: Record<string, string>;
  serverFrames: Record<string, string>;
};

/**
 * The OpenAPI 3.1.1 document, made from the doors and the models. It keeps to what swift-openapi-generator understands:
 * named components, every status listed, no null, discriminators with an explicit mapping.
 */
export function describeApi(api: ApiDescription): Json {
  const paths: Record<string, Json> = { [SOCKET_PATH]: { get: SOCKET_OPERATION } };
  for (const door of api.doors) {
    paths[door.path] = { ...paths[door.path], [door.method.toLowerCase()]: describeOperation(door, api) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Soyamate',
      version: api.version,
      description:
        'Find teammates for online games and talk to them. Errors are RFC 9457 problems with a stable `code`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: api.publicUrl }],
    tags: [...new Set(api.doors.map(({ tag }) => tag)), 'realtime'].map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'soyamate_access',
          description: 'For pages of an allowed site; methods that change something need its `Origin`.',
        },
      },
      responses: describeProblems(),
      headers: COMMON_HEADERS,
      schemas: {
        ...Object.fromEntries(models().map((schema) => [idOf(schema), localRefs(schema)])),
        ClientFrame: describeUnion(api.clientFrames),
        KnownServerFrame: describeUnion(api.serverFrames),
        ServerFrame: OPEN_SERVER_FRAME,
      },
    },
  };
}

function describeOperation(door: Door, api: ApiDescription): Json {
  const problems = problemsOf(door);
  const success = {
    description: door.status === 204 ? 'Done' : 'Success',
    ...((door.answerHeaders ?? door.hasEtag) && {
      headers: describeHeaders({ ...door.answerHeaders, ...(door.hasEtag && ETAG_HEADER) }),
    }),
    ...(door.answer && {
      content: Object.fromEntries(
        (door.answerTypes ?? ['application/json']).map((type) => [type, describeAnswer(door)]),
      ),
    }),
  };
  return {
    operationId: door.operationId,
    tags: [door.tag],
    summary: door.summary,
    description: describeInWords(door, api),
    security: door.access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
    parameters: [
      ...describeParameters(door.params, 'path'),
      ...describeParameters(door.query, 'query'),
      ...(door.isIdempotentByKey ? [IDEMPOTENCY_KEY] : []),
      ...(door.hasEtag ? [IF_NONE_MATCH] : []),
      ...(door.hasVersion ? [IF_MATCH] : []),
    ],
    ...(door.body && {
      requestBody: {
        required: true,
        content: describeBody(door, door.body),
      },
    }),
    responses: {
      [door.status]: success,
      ...(door.hasEtag && { 304: { description: 'The client holds this very content.' } }),
      ...referToProblems([...PROBLEM_STATUSES, ...problems.map(({ status }) => String(status))]),
    },
    'x-access': door.access,
    'x-problems': problems.map(({ code }) => code),
  };
}

const describeAnswer = ({ answer, example }: Door): Json => ({
  ...(answer && { schema: localRefs(refTo(answer)) }),
  ...exampleOf(example?.answer),
});

/** Its own, and that of the header that it takes. */
const problemsOf = ({ problems = [], isIdempotentByKey }: Door) =>
  isIdempotentByKey ? [...problems, idempotencyKeyReused] : problems;

function describeBody(door: Door, body: TSchema): Json {
  const described = { schema: localRefs(refTo(body)), ...exampleOf(door.example?.body) };
  return Object.fromEntries((door.bodyTypes ?? ['application/json']).map((type) => [type, described]));
}

function describeInWords(door: Door, { rolesOf }: ApiDescription): string {
  const access =
    door.access === 'public' ? 'Open to everyone.' : `Needs \`${door.access}\`: ${rolesOf(door.access).join(', ')}.`;
  const problems = problemsOf(door);
  const windows = door.limit ? windowsOf(door.limit, limitRules[door.limit]) : [];
  return [
    door.description,
    access,
    ...windows.map(({ points, windowSeconds }) => `At most ${points} calls in ${windowSeconds} s.`),
    problems.length > 0 && `Problems: ${problems.map(({ code, status }) => `\`${code}\` (${status})`).join(', ')}.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

const PROBLEM_STATUSES = ['400', '401', '403', '404', '409', '413', '415', '422', '429', '503'];

const RESPONSE_NAMES: Record<string, string> = {
  400: 'BadRequest',
  401: 'Unauthenticated',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Gone',
  412: 'PreconditionFailed',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  416: 'RangeNotSatisfiable',
  422: 'Unprocessable',
  429: 'TooManyRequests',
  503: 'Unavailable',
};

const referToProblems = (statuses: readonly string[]): Json => ({
  ...Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${responseName(status)}` }])),
  default: { $ref: '#/components/responses/OtherProblem' },
});

function responseName(status: string): string {
  const name = RESPONSE_NAMES[status];
  if (!name) throw new Error(`no name for answers with status ${status}`);
  return name;
}

function describeProblems(): Json {
  const response = (description: string, hasRetry: boolean) => ({
    description,
    ...(hasRetry && { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  const named = Object.entries(RESPONSE_NAMES).map(([status, name]) => {
    const codes = commonProblems
      .filter((problem) => String(problem.status) === status)
      .map(({ code }) => `\`${code}\``);
    return [name, response(codes.length > 0 ? codes.join(', ') : name, status === '429' || status === '503')];
  });
  return { ...Object.fromEntries(named), OtherProblem: response('Any other problem', false) };
}

const COMMON_HEADERS = { RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer' } } };

const describeHeaders = (headers: Record<string, string>): Json =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: `Repeat the call with the same key to get the same answer instead of a second effect; kept for two days. 1 to ${MAX_KEY_LENGTH} characters.`,
  schema: { type: 'string', minLength: 1, maxLength: MAX_KEY_LENGTH },
};

const ETAG_HEADER = { ETag: 'Of this very content: send it as `If-None-Match` next time.' };

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The `ETag` of the answer that the client holds; 304 when it is still right.',
  schema: { type: 'string' },
};

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The `ETag` that the client has read; 412 when the thing has changed since. Without it the last write wins.',
  schema: { type: 'string' },
};

function describeParameters(schema: TSchema | undefined, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...wordsOf(inner),
    schema: withoutDescription(localRefs(inner)),
    ...(place === 'query' && inner.type === 'array' && { style: 'form', explode: true }),
  }));
}

function describeUnion(namesByOp: Record<string, string>): Json {
  const refs = Object.entries(namesByOp).map(([op, name]) => [op, `#/components/schemas/${name}`]);
  return {
    oneOf: refs.map(([, $ref]) => ({ $ref })),
    discriminator: { propertyName: 'op', mapping: Object.fromEntries(refs) },
  };
}

/** An app of today must survive an op of tomorrow: what is not known stays a plain object. */
const OPEN_SERVER_FRAME = {
  anyOf: [{ $ref: '#/components/schemas/KnownServerFrame' }, { type: 'object' }],
  description: 'Ignore a frame whose `op` you do not know.',
};

const exampleOf = (example: unknown): Json => (example === undefined ? {} : { example });

const idOf = (schema: TSchema): string => (schema as { $id?: string }).$id ?? '';

const refTo = (schema: TSchema): unknown => (idOf(schema) ? { $ref: `${idOf(schema)}#` } : schema);

/** Fastify says `Account#`, OpenAPI says `#/components/schemas/Account`; limits are said in words as well. */
function localRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(localRefs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries({ ...value, ...wordsOf(value) })
      .filter(([key]) => key !== '$id')
      .map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? `#/components/schemas/${inner.replace(/#$/, '')}`
          : localRefs(inner),
      ]),
  );
}

function wordsOf(schema: object): { description?: string } {
  const { description } = schema as { description?: unknown };
  const words = [typeof description === 'string' ? description : '', limitsInWords(schema)].filter(Boolean).join(' ');
  return words ? { description: words } : {};
}

function withoutDescription(schema: unknown): unknown {
  const { description: _description, ...rest } = schema as Json;
  return rest;
}

/** Not a door: the handshake leaves HTTP. */
const SOCKET_OPERATION = {
  operationId: 'openRealtime',
  tags: ['realtime'],
  summary: 'Open the WebSocket (subprotocol soyamate.v1)',
  description:
    'One JSON object a text frame: `ClientFrame` to the server, `ServerFrame` from it. The access token comes in the `Authorization` header or in the first frame, `hello`, within 10 s.',
  security: [],
  parameters: [],
  responses: { 101: { description: 'Switching to WebSocket' }, ...referToProblems(PROBLEM_STATUSES) },
  'x-access': 'public',
  'x-problems': [],
};
