type Json = { readonly [key: string]: unknown };

type Operation = Json & {
  operationId?: string;
  tags?: string[];
  parameters?: (Json & { name: string; in: string; schema: Json })[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, Response>;
};
type Response = Json & { $ref?: string; headers?: Json; content?: Record<string, { schema: Json }> };
type Document = {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; responses: Record<string, Response> };
};

/**
 * Everything in an OpenAPI document that swift-openapi-generator 1.13 drops, misreads or turns into code that breaks when
 * the API grows. Each fault names its rule and its place.
 */
export function findSwiftFaults(source: object): string[] {
  const document = source as Document;
  const faults: string[] = [];
  const fault = (rule: string, where: string) => void faults.push(`${rule}: ${where}`);
  judgeWhole(document, fault);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      judgeOperation(document, operation, `${method.toUpperCase()} ${path}`, fault);
    }
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (!/^[A-Z][A-Za-z\d]*$/.test(name)) fault('schemas are UpperCamelCase', name);
    judgeSchema(schema, name, fault);
  }
  for (const name of reach(document, listAnswers(document)))
    judgeAnswer(document.components.schemas[name] ?? {}, name, fault);
  return faults;
}

type Fault = (rule: string, where: string) => void;

function judgeWhole(document: Document, fault: Fault): void {
  if (document.openapi !== '3.1.1') fault('the version is one that the generator takes', document.openapi);
  if (!document.servers.every(({ url }) => /^https?:\/\/[^/]+$/.test(url))) fault('servers are real', 'servers');
  const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
  for (const id of ids) if (ids.filter((other) => other === id).length > 1) fault('operationId is unique', String(id));
  for (const name of ['ClientFrame', 'ServerFrame']) {
    if (!document.components.schemas[name]) fault('frames are components', name);
    if (JSON.stringify(document.paths).includes(`schemas/${name}"`)) fault('frames belong to no path', name);
  }
}

const NEEDED = ['400', '401', '403', '404', '409', '422', '429', 'default'];

function judgeOperation(document: Document, operation: Operation, where: string, fault: Fault): void {
  if (!/^[a-z]+([A-Z][a-z\d]*)*$/.test(operation.operationId ?? '')) fault('operationId is lowerCamelCase', where);
  if (operation.tags?.length !== 1) fault('an operation has one tag', where);
  for (const parameter of operation.parameters ?? []) judgeParameter(parameter, `${where} ${parameter.name}`, fault);
  for (const [type, { schema }] of Object.entries(operation.requestBody?.content ?? {})) {
    if (type.startsWith('multipart/')) fault('no multipart', where);
    if (type === 'application/json' && !schema.$ref) fault('bodies are components', where);
  }
  for (const status of NEEDED) {
    if (!operation.responses[status]) fault('every status is listed from day one', `${where} ${status}`);
  }
  const statuses = Object.keys(operation.responses);
  if (statuses.filter((status) => /^(101|2..)$/.test(status)).length !== 1) fault('one success', where);
  for (const [status, response] of Object.entries(operation.responses)) {
    judgeResponse(resolveResponse(document, response), status, `${where} ${status}`, fault);
  }
}

function judgeParameter(
  { name, in: place, schema, ...parameter }: Json & { name: string; in: string; schema: Json },
  where: string,
  fault: Fault,
) {
  if (place === 'cookie') fault('no cookie parameters', where);
  if (/^(authorization|accept|content-type)$/i.test(name)) fault('no parameter that the generator owns', where);
  if (schema.type === 'object' || parameter.style === 'deepObject') fault('no objects in parameters', where);
  if (place === 'query' && schema.type === 'array' && (parameter.style !== 'form' || parameter.explode !== true)) {
    fault('query arrays are form and explode', where);
  }
  judgeSchema({ ...schema, description: parameter.description }, where, fault);
}

function judgeResponse(response: Response, status: string, where: string, fault: Fault): void {
  for (const [type, { schema }] of Object.entries(response.content ?? {})) {
    const isProblem = type === 'application/problem+json' && schema.$ref === '#/components/schemas/Problem';
    if (/^[45d]/.test(status) && !isProblem) fault('errors are problems', where);
    if (type === 'application/json' && !schema.$ref) fault('answers are components', where);
  }
  if (/^[45d]/.test(status) && !response.content) fault('errors are problems', where);
  if (/^(429|503)$/.test(status) && !response.headers?.['Retry-After']) fault('Retry-After is declared', where);
}

const resolveResponse = (document: Document, response: Response): Response =>
  document.components.responses[response.$ref?.split('/').at(-1) ?? ''] ?? response;

const FORMATS = new Set(['date-time', 'date', 'uuid', 'email', 'uri', 'int64', 'binary']);
const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'maxProperties'];

/** What holds for every schema, wherever it stands. */
function judgeSchema(root: Json, name: string, fault: Fault): void {
  walk(root, name, (schema, where, depth) => {
    const { type, format, description = '' } = schema;
    if (type === 'null' || (Array.isArray(type) && type.includes('null')) || schema.nullable === true)
      fault('no null', where);
    if (Array.isArray(schema.enum) && schema.enum.includes(null)) fault('no null', where);
    if (schema.enum !== undefined && type !== 'string' && type !== 'integer') fault('an enum has a type', where);
    if ('const' in schema) fault('no const', where);
    if ('allOf' in schema) fault('no allOf', where);
    if (schema.oneOf !== undefined) judgeUnion(schema, where, fault);
    if (typeof format === 'string' && !FORMATS.has(format)) fault('a format that Swift knows or takes as text', where);
    if (where.endsWith('At') && type === 'string' && format !== 'date-time') fault('a moment is a date-time', where);
    if (format === 'date-time' && schema.pattern !== undefined) fault('a moment has one form', where);
    if (type === 'string' && /^\^?\\?\[?(0-9|d)/.test(String(schema.pattern ?? '')))
      fault('a number is no text', where);
    if (depth > 0 && type === 'object' && isFilled(schema.properties)) fault('inner objects are components', where);
    for (const limit of LIMITS) {
      const value = schema[limit];
      if (typeof value !== 'number') continue;
      const isTold = limit.endsWith('Length') && /characters|bytes/.test(String(description));
      if (!isTold && !String(description).includes(value.toLocaleString('en'))) {
        fault('limits are said in words', `${where} ${limit}`);
      }
    }
  });
}

function judgeUnion({ oneOf, discriminator }: Json, where: string, fault: Fault): void {
  const branches = (oneOf as Json[]).map(({ $ref }) => $ref);
  const { propertyName, mapping = {} } = (discriminator ?? {}) as { propertyName?: string; mapping?: Json };
  const mapped = Object.values(mapping);
  const isWhole = branches.every((branch) => typeof branch === 'string' && mapped.includes(branch));
  if (!propertyName || !isWhole || mapped.length !== branches.length) fault('oneOf has a mapped discriminator', where);
}

/** What holds for whatever the server says: an app that was built before must go on reading it. */
function judgeAnswer(root: Json, name: string, fault: Fault): void {
  walk(root, name, (schema, where) => {
    if (schema.additionalProperties === false) fault('answers may grow', where);
    const isClosed = Array.isArray(schema.enum) && schema.enum.length > 1;
    if (isClosed && /\.(code|type|reason)$/.test(where)) fault('a list of words that grows is open', where);
  });
}

/** Names of the schemas that answers and server frames are made of. */
function listAnswers(document: Document): Json[] {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const responses = operations.flatMap((operation) => Object.values(operation.responses));
  const contents = responses.flatMap((response) => Object.values(resolveResponse(document, response).content ?? {}));
  return [...contents.map(({ schema }) => schema), { $ref: '#/components/schemas/ServerFrame' }];
}

function reach(document: Document, from: readonly Json[]): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown) => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(document.components.schemas[name] ?? {});
    }
  };
  visit(from);
  return found;
}

/** Visits a schema and those written inside it; what `$ref` points to is visited on its own. */
function walk(
  schema: Json,
  where: string,
  visit: (schema: Json, where: string, depth: number) => void,
  depth = 0,
): void {
  visit(schema, where, depth);
  const inner: [string, unknown][] = [
    ...Object.entries((schema.properties ?? {}) as Json).map(([name, one]): [string, unknown] => [
      `${where}.${name}`,
      one,
    ]),
    [`${where}[]`, schema.items],
    [`${where}{}`, schema.additionalProperties],
    ...['oneOf', 'anyOf', 'allOf'].flatMap((key) =>
      ((schema[key] ?? []) as unknown[]).map((one): [string, unknown] => [`${where}|`, one]),
    ),
  ];
  for (const [place, one] of inner) {
    if (typeof one === 'object' && one !== null) walk(one as Json, place, visit, depth + 1);
  }
}

const isFilled = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;
