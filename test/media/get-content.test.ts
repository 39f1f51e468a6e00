import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openLink, upload, voiceNotes } from '../helpers/uploads.ts';

const { app, signUp, url, clock } = await startApp();
const alice = await signUp('alice');
const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, i) => i % 251));
const file = await upload(alice, 'file', bytes, { name: "Карта 'de_dust2' (v1*).bin" });
const voice = await upload(alice, 'voice', voiceNotes['audio/mp4'] ?? bytes);

test('a file comes as an attachment of no type that can run nowhere', async () => {
  const { status, headers, bytes: got } = await openLink(url, file.url);
  expect(status).toBe(200);
  expect(got.equals(bytes)).toBe(true);
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': '10000',
    'content-disposition':
      "attachment; filename*=UTF-8''%D0%9A%D0%B0%D1%80%D1%82%D0%B0%20%27de_dust2%27%20%28v1%2A%29.bin",
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=86400, immutable',
  });
});

test.each([
  ['bytes=0-99', 0, 100],
  ['bytes=9990-', 9_990, 10_000],
  ['bytes=-10', 9_990, 10_000],
  ['bytes=5000-99999', 5_000, 10_000],
  ['bytes=-99999', 0, 10_000],
])('the stretch %s', async (range, start, end) => {
  const answer = await openLink(url, file.url, { range });
  expect(answer).toMatchObject({
    status: 206,
    headers: { 'content-range': `bytes ${start}-${end - 1}/10000`, 'content-length': String(end - start) },
  });
  expect(answer.bytes.equals(bytes.subarray(start, end))).toBe(true);
});

test.each(['bytes=0-1,5-6', 'bytes=5-2', 'lines=1-2', 'bytes=-', 'bytes=a-b'])('%s gets the whole', async (range) => {
  expect(await openLink(url, file.url, { range })).toMatchObject({ status: 200, bytes });
});

test('a stretch behind the end is none', async () => {
  const answer = await openLink(url, file.url, { range: 'bytes=10000-' });
  expect(answer).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10000' } });
  expect(JSON.parse(String(answer.bytes))).toMatchObject({ code: 'range_not_satisfiable' });
});

test('HEAD tells the length and sends nothing', async () => {
  const response = await fetch(`${url}${String(voice.url)}`, { method: 'HEAD' });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'audio/mp4']);
  expect(response.headers.get('content-length')).toBe(String(voice.sizeBytes));
  expect((await response.arrayBuffer()).byteLength).toBe(0);
});

test('a reader may be slow: what holds for bodies does not hold for answers', async () => {
  const { server } = app.http;
  const { requestTimeout, headersTimeout } = server;
  onTestFinished(() => void Object.assign(server, { requestTimeout, headersTimeout }));
  const large = await upload(alice, 'file', Buffer.alloc(10_000_000, 1));
  Object.assign(server, { requestTimeout: 1_000, headersTimeout: 500 });
  const slow = await fetch(`${url}${String(large.url)}`);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const head = `POST /v1/media HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${alice.token}\r\n`;
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{`);
  expect(await text(socket)).toContain('"request_too_slow"');
  expect((await slow.arrayBuffer()).byteLength).toBe(10_000_000);
}, 20_000);

test('a link of another file, a forged one and one that has ended open nothing', async () => {
  const link = String(file.url);
  for (const changed of [
    link.replace(String(file.mediaId), String(voice.mediaId)),
    link.replace(/signature=.{4}/, 'signature=AAAA'),
    link.replace(/expires=\d+/, 'expires=9999999999'),
    link.replace('/content', '/0'),
  ]) {
    expect((await openLink(url, changed)).status).toBe(404);
  }
  clock.advance(600);
  expect((await openLink(url, link)).status).toBe(404);
});
