import { readFileSync } from 'node:fs';
import asyncApiSchemas from '@asyncapi/specs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startApp } from './helpers/app.ts';
import { findSwiftFaults } from './helpers/swift-rules.ts';

type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> };
  'x-access': string;
};
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } };

const { app, nobody } = await startApp();
const document = app.document as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
);
const copy = () => structuredClone(document);

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validate = (value: object) => new Validator().validate(value as Record<string, unknown>);
    expect(await validate(copy())).toMatchObject({ valid: true });
    expect(await validate({ ...copy(), paths: { '/x': { get: { responses: 7 } } } })).toMatchObject({ valid: false });
  });

  test('is served as it is', async () => {
    expect((await nobody.call('getOpenApiDocument')).body).toEqual(document);
  });

  test('has every address that the server answers, and no other', () => {
    const served = readRoutes(app.http.printRoutes({ commonPrefix: false }));
    const written = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
    expect(served.length).toBeGreaterThan(10);
    expect(served.toSorted()).toEqual(written.toSorted());
  });

  test.each(operations)('$operationId has words, a tag, an access and its parameters', (operation) => {
    expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(operation.tags).toHaveLength(1);
    const { permissions } = app.accounts;
    expect(operation['x-access'] === 'public' || permissions.has(operation['x-access'])).toBe(true);
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const told = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(told.toSorted()).toEqual(inPath.toSorted());
  });

  test.each(operations.filter(({ requestBody }) => requestBody?.content['application/json']))(
    '$operationId has an example that it takes',
    (operation) => {
      const ajv = addFormats.default(new Ajv2020({ strict: false }));
      ajv.addSchema({ ...copy(), $id: 'document' });
      for (const { schema, example } of Object.values(operation.requestBody?.content ?? {})) {
        expect(example).toBeDefined();
        const { $ref } = schema as { $ref: string };
        const validate = ajv.compile({ $ref: `document${$ref}` });
        expect([validate(example), validate.errors]).toEqual([true, null]);
      }
    },
  );
});

describe('the rules of swift-openapi-generator', () => {
  test('are kept', () => {
    expect(findSwiftFaults(document)).toEqual([]);
  });

  type Loose = { [key: string]: Loose };
  test.each<[rule: string, plant: (broken: Loose) => unknown]>([
    ['the version', (broken) => set(broken, 'openapi', '3.2.1')],
    ['servers are real', (broken) => set(broken, 'servers', [{ url: '/' }])],
    ['operationId is unique', (broken) => set(get(broken), 'operationId', 'login')],
    ['operationId is lowerCamelCase', (broken) => set(get(broken), 'operationId', 'get_me')],
    ['an operation has one tag', (broken) => set(get(broken), 'tags', [])],
    ['frames are components', (broken) => delete broken.components?.schemas?.ServerFrame],
    ['frames belong to no path', (broken) => setAnswer(broken, { $ref: '#/components/schemas/ClientFrame' })],
    ['bodies are components', (broken) => setBody(broken, 'application/json', { type: 'object' })],
    ['no multipart', (broken) => setBody(broken, 'multipart/form-data', { type: 'object' })],
    ['every status', (broken) => delete get(broken).responses?.['409']],
    ['one success', (broken) => set(get(broken).responses, '202', { description: 'also' })],
    ['errors are problems', (broken) => set(get(broken).responses, '404', { description: 'nothing' })],
    ['answers are components', (broken) => setAnswer(broken, { type: 'object' })],
    ['Retry-After', (broken) => delete broken.components?.responses?.TooManyRequests?.headers],
    ['no cookie parameters', (broken) => addParameter(broken, { name: 'a', in: 'cookie', schema: {} })],
    [
      'no parameter that the generator owns',
      (broken) => addParameter(broken, { name: 'Accept', in: 'header', schema: {} }),
    ],
    [
      'no objects in parameters',
      (broken) => addParameter(broken, { name: 'a', in: 'query', schema: { type: 'object' } }),
    ],
    ['query arrays', (broken) => addParameter(broken, { name: 'a', in: 'query', schema: { type: 'array' } })],
    ['schemas are UpperCamelCase', (broken) => set(broken.components?.schemas, 'my_thing', {})],
    ['no null', (broken) => setProperty(broken, { anyOf: [{ type: 'string' }, { type: 'null' }] })],
    ['no null', (broken) => setProperty(broken, { type: ['string', 'null'] })],
    ['no null', (broken) => setProperty(broken, { type: 'string', enum: ['a', null] })],
    ['an enum has a type', (broken) => setProperty(broken, { enum: ['a'] })],
    ['no const', (broken) => setProperty(broken, { const: 'a' })],
    ['no allOf', (broken) => setProperty(broken, { allOf: [] })],
    [
      'oneOf has a mapped discriminator',
      (broken) => setProperty(broken, { oneOf: [{ $ref: '#/components/schemas/Account' }] }),
    ],
    ['a format', (broken) => setProperty(broken, { type: 'string', format: 'duration' })],
    ['a moment is a date-time', (broken) => set(account(broken), 'seenAt', { type: 'string' })],
    ['a number is no text', (broken) => setProperty(broken, { type: 'string', pattern: '^\\d+$' })],
    ['inner objects are components', (broken) => setProperty(broken, { type: 'object', properties: { a: {} } })],
    ['limits are said in words', (broken) => setProperty(broken, { type: 'string', maxLength: 40 })],
    ['answers may grow', (broken) => set(broken.components?.schemas?.Account, 'additionalProperties', false)],
    [
      'a list of words that grows is open',
      (broken) => set(account(broken), 'reason', { type: 'string', enum: ['a', 'b'] }),
    ],
  ])('%s: a breach is found', (rule, plant) => {
    const broken = copy() as unknown as Loose;
    plant(broken);
    expect(findSwiftFaults(broken)).toContainEqual(expect.stringContaining(rule));
  });

  const set = (target: Loose | undefined, key: string, value: unknown) => Object.assign(target ?? {}, { [key]: value });
  const get = (broken: Loose): Loose => broken.paths?.['/v1/me']?.get ?? {};
  const account = (broken: Loose): Loose => broken.components?.schemas?.Account?.properties ?? {};
  const setProperty = (broken: Loose, schema: object) => set(account(broken), 'planted', schema);
  const setAnswer = (broken: Loose, schema: object) =>
    set(get(broken).responses?.['200']?.content?.['application/json'], 'schema', schema);
  const setBody = (broken: Loose, type: string, schema: object) =>
    set(get(broken), 'requestBody', { content: { [type]: { schema } } });
  const addParameter = (broken: Loose, parameter: object) => set(get(broken), 'parameters', [parameter]);
});

test('the AsyncAPI document is valid', () => {
  const source: unknown = parse(readFileSync('docs/asyncapi.yaml', 'utf8'));
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  const validate = ajv.compile(asyncApiSchemas.schemasWithoutId['3.0.0'] as object);
  expect([validate(source), validate.errors]).toEqual([true, null]);
  expect(validate({ ...(source as object), channels: 7 })).toBe(false);
});

/** `GET /v1/me` and so on, out of the tree that Fastify draws; its own HEAD and OPTIONS and pages for people left out. */
function readRoutes(tree: string): string[] {
  const parts: string[] = [];
  const routes = tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+) \(([^)]*)\)$/.exec(line) ?? [];
    if (!part) return [];
    parts.splice(indent.length / 4, parts.length, part);
    return methods.split(', ').map((method) => `${method} ${parts.join('')}`);
  });
  return routes.filter(
    (route) => !/^(HEAD|OPTIONS) | \/(docs|pages|verify-email|reset-password|first-administrator|[iu]\/)/.test(route),
  );
}
