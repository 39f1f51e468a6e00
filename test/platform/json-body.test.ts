import { expect, test } from 'vitest';
import type { ProblemError } from '#platform/errors.ts';
import { readJson } from '#platform/json-body.ts';
import { startApp } from '../helpers/app.ts';

const { nobody, app } = await startApp();

const text = (json: string) => Buffer.from(json);
const hostile: [what: string, bytes: Buffer, code: string][] = [
  ['nothing', text(''), 'invalid_request'],
  ['no JSON', text('{"login":'), 'invalid_json'],
  ['Latin-1', Buffer.from('{"login":"\xe9"}', 'latin1'), 'invalid_json'],
  ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0x80, 0x22]), 'invalid_json'],
  ['UTF-16', Buffer.from('{"login":"a"}', 'utf16le'), 'invalid_json'],
  ['an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'invalid_json'],
  ['NUL in a value', text('{"login":"a\\u0000"}'), 'invalid_request'],
  ['NUL in a key', text('{"a\\u0000":1}'), 'invalid_request'],
  ['half a surrogate pair', text('{"login":"\\ud800"}'), 'invalid_request'],
  ['the other half', text('{"login":["\\udc00"]}'), 'invalid_request'],
  ['__proto__', text('{"__proto__":{"isAdmin":true}}'), 'invalid_json'],
  ['an escaped __proto__', text('{"\\u005f_proto__":{"isAdmin":true}}'), 'invalid_json'],
  ['constructor.prototype', text('{"constructor":{"prototype":{"isAdmin":true}}}'), 'invalid_json'],
  ['arrays 33 deep', text(`${'['.repeat(33)}1${']'.repeat(33)}`), 'invalid_json'],
  ['arrays 30,000 deep', text(`${'['.repeat(30_000)}${']'.repeat(30_000)}`), 'invalid_json'],
  ['objects 9,000 deep', text(`${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`), 'invalid_json'],
];

test.each(hostile)('a body that is %s is refused', async (_what, bytes, code) => {
  const answer = await send(bytes);
  expect(answer).toMatchObject({ status: 400, body: { code } });
});

test('a nest of 100,000 is refused, and does not end the process', () => {
  const code = refuse(text(`${'['.repeat(100_000)}${']'.repeat(100_000)}`));
  expect(code).toBe('invalid_json');
});

test('a body over the limit is refused by its announced size and by its real one', async () => {
  expect(await send(Buffer.alloc(65_537, 'a'))).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
  const chunks = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let count = 0; count < 100; count += 1) controller.enqueue(new Uint8Array(1_024).fill(97));
      controller.close();
    },
  });
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: chunks,
    duplex: 'half' as const,
  };
  expect(await nobody.raw('/v1/auth/login', init)).toMatchObject({ status: 413 });
});

test('texts of any language and depth within bounds are taken', () => {
  const value = { привет: ['👋🏽', { ключ: 'é\u0301', list: [1, null, true] }] };
  expect(readJson(text(JSON.stringify(value)), 'body')).toEqual(value);
});

test('nobody became an administrator, and the server lives', async () => {
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  expect((await nobody.call('getLiveness')).status).toBe(200);
  expect(app.http.server.listening).toBe(true);
});

const send = (body: Buffer) =>
  nobody.raw('/v1/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array(body),
  });

function refuse(bytes: Buffer): string {
  try {
    readJson(bytes, 'body');
  } catch (error) {
    return (error as ProblemError).definition.code;
  }
  return 'taken';
}
