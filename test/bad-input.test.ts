import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { createGenerator } from 'json-schema-faker';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { rolesOf } from '#modules/accounts/index.ts';
import { startApp } from './helpers/app.ts';
import { openDirect, say } from './helpers/chats.ts';
import { type Client, createClient, type Input } from './helpers/client.ts';
import { createContract } from './helpers/contract.ts';
import { openSocket } from './helpers/socket.ts';

type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema };
type Operation = {
  operationId: string;
  'x-access': string;
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: { $ref: string }; example: Record<string, unknown> }> };
};
type Schema = { [key: string]: unknown };

/** The same hostile input every time; another number tries another. */
const SEED = Number(process.env.BAD_INPUT_SEED ?? 20_261_124);
const ROUNDS = 8;
/** So many of the hostile values are tried in one place, others in the next. */
const SHARE = 9;

const { app, db, url, nobody, signUp, settle, logLines } = await startApp();
const document = app.document as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema & { discriminator?: { mapping: Record<string, string> } }> };
};
const { schemas } = document.components;
const contract = createContract(document);
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await openDirect(alice, bob);
await say(bob, chatId, 'hello');
await app.accounts.createAdmin({ username: 'root1', email: 'root1@example.com', password: 'a long password' });

const ajv = addFormats.default(new Ajv2020({ strict: false }));
ajv.addSchema({ ...document, $id: 'document' });

const operations = Object.values(document.paths)
  .flatMap((methods) => Object.values(methods))
  .filter(({ operationId }) => operationId !== 'openRealtime');

/** Where wrong guesses are counted on purpose; after some of them the owner gets a letter, which is a job. */
const GUESSES = ['sign_in_failures', 'account_codes', 'jobs'];

/** Written once a minute, of what the minute before has brought. */
const COUNTED = 'daily_counts';

/** Texts that have broken other servers. */
const texts = [
  ' ',
  'null',
  '-1',
  '1e999',
  'NaN',
  '99999999999999999999',
  '2147483648',
  'true',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  '../../etc/passwd',
  '%00',
  '%',
  'a\0b',
  '💥',
  '١٢٣',
  'ﬃ\u202e',
  '2026-13-45T99:99:99.000Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'a'.repeat(199),
  'a'.repeat(3_000),
];
const jsonValues = [null, true, 0, -1, 1.5, 1e308, 2 ** 31, '', 'x'.repeat(5_000), [], [null], {}, { a: 1 }, ...texts];

/** Words that parameters of these names would really hold, so that hostile input gets past the first look. */
const known: Record<string, string> = { chatId, userId: bob.userId, username: 'bob', gameId: 'dota-2' };

afterAll(async () => {
  expect((await nobody.call('getReadiness')).status).toBe(200);
  expect(logLines.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
});

const socketOps = Object.entries(schemas.ClientFrame?.discriminator?.mapping ?? {}).map(([op, $ref]) => ({ op, $ref }));

describe('the socket', () => {
  test.each(socketOps)(
    'answers each hostile frame of the op $op with a frame of the document',
    async ({ op, $ref }) => {
      const socket = await alice.connect();
      const frames = await listFrames(op, $ref);
      for (const [index, frame] of frames.entries()) {
        const isForbidden = !ajv.validate({ $ref: `document${$ref}` }, frame);
        const before = await readQuietState();
        const answer = await socket.ask(frame);
        contract.checkComponent('KnownServerFrame', answer);
        const code = String(answer.code);
        if (code === 'internal_error' || code === 'unavailable')
          throw new Error(`${code} for ${JSON.stringify(frame)}`);
        if (isForbidden) expect([index, frame, answer.op]).toEqual([index, frame, 'error']);
        if (String(answer.op) === 'error') expect(await readState()).toEqual(before);
      }
      for (const frame of socket.rest()) contract.checkComponent('KnownServerFrame', frame);
      expect(socket.socket.readyState).toBe(socket.socket.OPEN);
      socket.close();
    },
  );

  test.each([
    ...texts,
    '{',
    '"',
    '{"op":1}',
    '{"op":["send"]}',
    '{"op":"toString"}',
    '{"op":"__proto__"}',
    '['.repeat(9_000),
  ])('answers a text that is no frame with an error: %s', async (text) => {
    const socket = await alice.connect();
    socket.socket.send(text);
    expect(['invalid_json', 'invalid_request', 'unknown_op']).toContain(String((await socket.next('error')).code));
    expect((await socket.ask({ op: 'ping' })).op).toBe('pong');
    socket.close();
  });

  test.each<[what: string, send: (socket: WebSocket) => void, closeCode: number]>([
    ['bytes', (socket) => socket.send(Buffer.from([1, 2, 3])), 1003],
    ['a frame over the limit', (socket) => socket.send('a'.repeat(65_537)), 1009],
    ['text that is not UTF-8', (socket) => socket.send(Buffer.from([0x22, 0xc3, 0x28, 0x22]), { binary: false }), 1007],
  ])('closes on %s', async (_what, send, closeCode) => {
    const socket = await alice.connect();
    send(socket.socket);
    expect(await socket.closed).toBe(closeCode);
  });

  test('hears nothing before hello', async () => {
    const before = await readQuietState();
    for (const { op } of socketOps.filter((one) => one.op !== 'hello' && one.op !== 'ping')) {
      const socket = await openSocket(url);
      socket.send({ op, chatId, clientId: alice.sessionId, text: 'planted', seq: 1 });
      expect((await socket.next('error')).code).toBe('unauthenticated');
      expect(await socket.closed).toBe(4001);
    }
    expect(await readState()).toEqual(before);
  });
});

async function listFrames(op: string, $ref: string): Promise<object[]> {
  const generator = createGenerator({ seed: SEED, optionalsProbability: 0.7 });
  const schema = { $ref, components: document.components };
  const made = await Promise.all(Array.from({ length: ROUNDS }, () => generator.generate(schema as never)));
  const names = Object.keys(schemas[$ref.split('/').at(-1) ?? '']?.properties ?? {});
  const example = { op, chatId, ...(made[0] as object) };
  const broken = names
    .filter((name) => name !== 'op' && name !== 'ref')
    .flatMap((name) => [...share(jsonValues), undefined].map((value) => ({ ...example, [name]: value })));
  const planted = { ...example, planted: 1 };
  // The socket would wait for the answer to its own `ref`.
  return [...(made as object[]), ...broken, planted].map((frame) => ({ ...frame, op, ref: undefined }));
}

describe.each(operations)('$operationId', (operation) => {
  test('refuses what the document forbids, and stores nothing of it', async () => {
    const inputs = [...listForbidden(operation)];
    const caller = await signInFor(operation);
    const before = await readQuietState();
    for (const input of inputs) {
      const { status } = await caller.call(operation.operationId, input);
      if (status < 400 || status >= 500) throw new Error(`${status} for ${JSON.stringify(input).slice(0, 500)}`);
    }
    expect(await readState()).toEqual(before);
  });

  test('answers whatever the document allows as the document says, and stores nothing that it refuses', async () => {
    const caller = await signInFor(operation);
    for (const input of await listAllowed(operation)) {
      const before = await readQuietState(GUESSES);
      const { status } = await caller.call(operation.operationId, input);
      if (status >= 500) throw new Error(`${status} for ${JSON.stringify(input)}`);
      if (status >= 400) expect([input, await readState(GUESSES)]).toEqual([input, before]);
    }
  });
});

/** Inputs that break a schema of the document, each in one place. */
function* listForbidden(operation: Operation): Generator<Input> {
  const params = fillParams(operation);
  const query = fillQuery(operation);
  const body = exampleOf(operation);
  for (const { name, in: place, schema } of operation.parameters) {
    for (const text of share(texts)) {
      if (isAllowed(schema, text)) continue;
      if (place === 'path') yield { params: { ...params, [name]: text }, query, body };
      if (place === 'query') yield { params, query: { ...query, [name]: text }, body };
    }
  }
  yield { params, query: { ...query, planted: '1' }, body };
  for (const planted of listBodies(operation)) {
    if (!isAllowedBody(operation, planted)) yield { params, query, body: planted };
  }
}

async function listAllowed(operation: Operation): Promise<Input[]> {
  const params = fillParams(operation);
  const generator = createGenerator({ seed: SEED, optionalsProbability: 0.7 });
  const inputs: Input[] = [
    { params, query: fillQuery(operation), ...(operation.requestBody && { body: exampleOf(operation) }) },
  ];
  for (let round = 0; round < ROUNDS; round += 1) {
    const query: Record<string, string> = {};
    for (const { name, in: place, schema, required } of operation.parameters) {
      if (place !== 'query' || (!required && round % 3 === 0)) continue;
      const value = await generator.generate({ ...schema, components: document.components });
      query[name] = Array.isArray(value) ? String(value[0] ?? 'x') : String(value);
    }
    const reference = bodySchemaOf(operation);
    const body = reference && (await generator.generate({ ...reference, components: document.components }));
    if (reference && !isAllowedBody(operation, body)) continue;
    inputs.push({ params, query, ...(reference && { body }) });
  }
  for (const body of listBodies(operation)) {
    if (inputs.length < 3 * ROUNDS && isAllowedBody(operation, body)) inputs.push({ params, body });
  }
  return inputs;
}

/** The example with each field replaced, dropped and added, and JSON of any kind. */
function* listBodies(operation: Operation): Generator {
  if (!operation.requestBody) return;
  const example = exampleOf(operation) ?? {};
  for (const name of Object.keys(example)) {
    for (const value of share(jsonValues)) yield { ...example, [name]: value };
    yield { ...example, [name]: undefined };
  }
  for (const name of ['planted', 'role', 'userId', 'toString']) yield { ...example, [name]: 'admin' };
  yield [example];
  yield* jsonValues;
  yield* fc.sample(fc.jsonValue({ maxDepth: 3 }), { numRuns: ROUNDS, seed: SEED });
  const property = fc.constantFrom(...Object.keys(example), 'planted');
  yield* fc.sample(fc.dictionary(property, fc.jsonValue({ maxDepth: 2 })), { numRuns: ROUNDS, seed: SEED });
}

let shares = 0;

function share<T>(values: readonly T[]): T[] {
  shares += SHARE;
  return Array.from({ length: SHARE }, (_, index) => values[(shares + index) % values.length] as T);
}

const bodySchemaOf = ({ requestBody }: Operation) => Object.values(requestBody?.content ?? {})[0]?.schema;
const exampleOf = ({ requestBody }: Operation) => Object.values(requestBody?.content ?? {})[0]?.example;

function isAllowedBody(operation: Operation, body: unknown): boolean {
  const reference = bodySchemaOf(operation)?.$ref ?? '';
  return ajv.validate({ $ref: `document${reference}` }, JSON.parse(JSON.stringify(body ?? null)));
}

const converting = addFormats.default(new Ajv2020({ strict: false, coerceTypes: 'array' }));

function isAllowed(schema: Schema, text: string): boolean {
  return (
    converting.validate({ type: 'object', properties: { value: schema } }, { value: text }) && !text.includes('\0')
  );
}

const fillParams = ({ parameters }: Operation): Record<string, string> =>
  Object.fromEntries(
    parameters.filter((one) => one.in === 'path').map(({ name }) => [name, known[name] ?? alice.sessionId]),
  );

const fillQuery = ({ parameters }: Operation): Record<string, string> =>
  Object.fromEntries(parameters.filter((one) => one.in === 'query' && one.required).map(({ name }) => [name, '0']));

/** Alice, anew when an operation has ended her session, or an administrator where she may not go. */
async function signInFor(operation: Operation): Promise<Client> {
  const access = operation['x-access'];
  if (access !== 'public' && !rolesOf(access).includes('user')) return signInAs('root1', 'a long password');
  return (await alice.call('getMe')).status === 200 ? alice : signInAs('alice', alice.password);
}

async function signInAs(login: string, password: string): Promise<Client> {
  const { body } = await nobody.call('login', { body: { login, password } });
  return createClient(url, contract, String(body.tokens?.accessToken));
}

/** Once what earlier requests left to do in the background is done, so that a change is the next one's. */
async function readQuietState(leftOut: readonly string[] = []): Promise<Record<string, string>> {
  await settle();
  return readState(leftOut);
}

/** How many rows each table has, and a sum over all of them. */
async function readState(leftOut: readonly string[] = []): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`.execute(
    db.read,
  );
  const kept = tables.filter(({ name }) => name !== COUNTED && !leftOut.includes(name));
  const sums = kept.map(
    ({ name }) => sql`
      select ${sql.lit(name)} as name,
        count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0)::text as sum
      from ${sql.table(name)} t`,
  );
  const { rows } = await sql<{ name: string; sum: string }>`${sql.join(sums, sql` union all `)}`.execute(db.read);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
