import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { makePicture, makePngBomb } from '../helpers/pictures.ts';
import { openLink, putBytes, startUpload, tryUpload, upload, voiceNotes } from '../helpers/uploads.ts';

const { app, nobody, signUp, clock, url, dataDir } = await startApp();
const alice = await signUp('alice');
const jpeg = await makePicture(2_000, 1_000, { exif: true });

const arriving = () => readdirSync(join(dataDir, 'uploads'));

test('a picture becomes WebP in several sizes, without its metadata', async () => {
  const picture = await upload(alice, 'picture', jpeg);
  const sizes = picture.sizes as unknown as { width: number; height: number; url: string }[];
  expect(sizes.map(({ width, height }) => [width, height])).toEqual([
    [320, 160],
    [800, 400],
    [1_600, 800],
  ]);
  expect(picture).toMatchObject({ kind: 'picture', contentType: 'image/webp', width: 1_600, height: 800 });
  for (const size of sizes) {
    const { bytes, headers } = await openLink(url, size.url);
    expect(headers['content-type']).toBe('image/webp');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: size.width, height: size.height });
    expect(bytes.includes('secret place')).toBe(false);
  }
  expect(arriving()).toEqual([]);
});

test.each(['rgb16', 'cmyk', 'display-p3'])('a picture in %s keeps its colours', async (space) => {
  const plain = sharp({ create: { width: 400, height: 300, channels: 3, background: { r: 200, g: 60, b: 30 } } });
  const bytes = {
    rgb16: plain.clone().toColourspace('rgb16').png(),
    cmyk: plain.clone().toColourspace('cmyk').jpeg({ quality: 100 }),
    'display-p3': plain.clone().withIccProfile('p3').jpeg({ quality: 100 }),
  }[space];
  const picture = await upload(await fresh(), 'picture', (await bytes?.toBuffer()) ?? jpeg);
  const { bytes: made } = await openLink(url, listOf(picture.sizes)[0]?.url);
  const [red = 0, green = 0, blue = 0] = await sharp(made).raw().toBuffer();
  // The print colours of CMYK have no such red.
  const away = Math.max(Math.abs(red - 200), Math.abs(green - 60), Math.abs(blue - 30));
  expect(away).toBeLessThan(space === 'cmyk' ? 40 : 6);
});

test.each(Object.entries(voiceNotes))('a voice note in %s comes back as it was', async (type, bytes) => {
  const voice = await upload(alice, 'voice', bytes, { durationSeconds: 12.5 });
  expect(voice).toMatchObject({ kind: 'voice', contentType: type, sizeBytes: bytes.length, durationSeconds: 12.5 });
  const answer = await openLink(url, voice.url);
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': type } });
  expect(answer.bytes.equals(bytes)).toBe(true);
});

test('the same bytes again get the same answer, other bytes are refused', async () => {
  const { uploadUrl } = await startUpload(alice, 'picture', jpeg.length);
  const first = await putBytes(alice, String(uploadUrl), jpeg);
  expect(first.status).toBe(200);
  clock.advance(3_700);
  const later = await alice.signInAgain();
  const again = await putBytes(later, String(uploadUrl), jpeg, 'image/png');
  expect({ ...again.body, sizes: 0, linksEndAt: 0 }).toEqual({ ...first.body, sizes: 0, linksEndAt: 0 });
  const other = Buffer.from(jpeg);
  other[other.length - 3] = 0;
  expect(await putBytes(later, String(uploadUrl), other)).toMatchObject({
    status: 409,
    body: { code: 'upload_taken' },
  });
});

test('eight uploads to one ticket at once: one content wins and is whole', async () => {
  const dave = await signUp('dave');
  const contents = [1, 2].map((fill) => Buffer.concat([voiceNotes['audio/ogg'] ?? jpeg, Buffer.alloc(100_000, fill)]));
  const ticket = await startUpload(dave, 'voice', contents[0]?.length ?? 0);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => putBytes(dave, String(ticket.uploadUrl), contents[i % 2] ?? jpeg)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
  expect(answers.filter(({ body }) => String(body.code) === 'upload_taken')).toHaveLength(4);
  const media = await dave.call('getMedia', { params: { mediaId: String(ticket.mediaId) } });
  const { bytes } = await openLink(url, media.body.url);
  const won = answers.findIndex(({ status }) => status === 200) % 2;
  expect(bytes.equals(contents[won] ?? jpeg)).toBe(true);
});

test('what could not be taken leaves the ticket free for something better', async () => {
  const erin = await signUp('erin');
  const { uploadUrl } = await startUpload(erin, 'picture', jpeg.length);
  expect((await putBytes(erin, String(uploadUrl), Buffer.alloc(jpeg.length))).body.code).toBe('not_a_picture');
  expect((await putBytes(erin, String(uploadUrl), jpeg)).status).toBe(200);
});

test('only the owner of the ticket may use it, and only in time', async () => {
  const frank = await signUp('frank');
  const { uploadUrl, mediaId } = await startUpload(frank, 'picture', jpeg.length);
  const bob = await signUp('bob');
  const none = await putBytes(bob, '/v1/media/01900000-0000-7000-8000-00000000dead/content', jpeg);
  const other = await putBytes(bob, String(uploadUrl), jpeg);
  expect({ ...other.body, instance: '' }).toEqual({ ...none.body, instance: '' });
  expect(other).toMatchObject({ status: 404, body: { code: 'media_not_found' } });
  expect(await putBytes(nobody, String(uploadUrl), jpeg)).toMatchObject({ status: 401 });
  expect((await frank.call('getMedia', { params: { mediaId: String(mediaId) } })).status).toBe(404);
  clock.advance(3_601);
  expect(await putBytes(await frank.signInAgain(), String(uploadUrl), jpeg)).toMatchObject({
    status: 410,
    body: { code: 'upload_ended' },
  });
});

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>';
const PAGE = '<!DOCTYPE html><script>alert(document.cookie)</script>';
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500, 7)]);

test.each<['picture' | 'voice' | 'file', string, Buffer, number, string]>([
  ['picture', 'an SVG', Buffer.from(SVG), 422, 'not_a_picture'],
  ['picture', 'a page', Buffer.from(PAGE), 422, 'not_a_picture'],
  ['picture', 'a GIF', Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64'), 422, 'not_a_picture'],
  ['picture', 'a JPEG cut in half', jpeg.subarray(0, jpeg.length / 2), 422, 'broken_picture'],
  ['picture', 'a PNG of 14,000 by 14,000 in few bytes', makePngBomb(14_000, 14_000), 422, 'picture_too_large'],
  ['picture', 'a PNG that promises 2 billion pixels', makePngBomb(100_000, 20_000), 422, 'picture_too_large'],
  ['voice', 'a picture', jpeg, 422, 'not_a_voice_note'],
  ['voice', 'a page', Buffer.from(PAGE), 422, 'not_a_voice_note'],
  ['voice', 'four bytes', Buffer.from('OggS'), 422, 'not_a_voice_note'],
  ['file', 'a program of Windows', EXE, 422, 'file_refused'],
  ['file', 'a program of Linux', Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(500)]), 422, 'file_refused'],
  ['file', 'a page', Buffer.from(`\ufeff\n ${PAGE}`), 422, 'file_refused'],
  ['file', 'an SVG', Buffer.from(`<?xml version="1.0"?>${SVG}`), 422, 'file_refused'],
  ['file', 'a script', Buffer.from('#!/bin/sh\nrm -rf /\n'), 422, 'file_refused'],
])('as a %s refuses %s', async (kind, _what, bytes, status, code) => {
  expect(await tryUpload(await fresh(), kind, bytes)).toMatchObject({ status, body: { code } });
  expect(arriving()).toEqual([]);
});

test('what is hidden behind a picture does not come through', async () => {
  const polyglot = Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>PK\u0003\u0004')]);
  const picture = await upload(await fresh(), 'picture', polyglot);
  const [size] = picture.sizes as unknown as { url: string }[];
  expect((await openLink(url, size?.url)).bytes.includes('script')).toBe(false);
});

test('a length that is not the one of the ticket is refused, before the bytes are read where it is announced', async () => {
  const person = await fresh();
  const { uploadUrl, mediaId } = await startUpload(person, 'file', 1_000);
  const put = (bytes: Buffer) => putBytes(person, String(uploadUrl), bytes);
  expect(await put(Buffer.alloc(999, 1))).toMatchObject({ status: 422, body: { code: 'upload_size_differs' } });
  expect(await put(Buffer.alloc(0))).toMatchObject({ status: 422, body: { code: 'upload_size_differs' } });
  expect(await put(Buffer.alloc(1_001, 1))).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
  const chunked = (length: number) => {
    const init: RequestInit & { duplex: 'half' } = {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Blob([new Uint8Array(length)]).stream(),
      duplex: 'half',
    };
    return person.raw(String(uploadUrl), init);
  };
  expect(await chunked(999)).toMatchObject({ status: 422, body: { code: 'upload_size_differs' } });
  expect(await chunked(1_001)).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
  expect(await chunked(1_000)).toMatchObject({ status: 200, body: { mediaId } });
});

test('an upload that breaks off leaves nothing, and the ticket as it was', async () => {
  const person = await fresh();
  const { uploadUrl } = await startUpload(person, 'picture', jpeg.length);
  const socket = begin(person, `PUT ${String(uploadUrl)}`, bodyOf(jpeg.length, jpeg.subarray(0, 1_000)));
  await expect.poll(arriving).toHaveLength(1);
  socket.destroy();
  await expect.poll(arriving).toEqual([]);
  expect((await putBytes(person, String(uploadUrl), jpeg)).status).toBe(200);
});

test('nobody has more than eight uploads under way, so nobody takes all the room', async () => {
  const person = await fresh();
  const { uploadUrl } = await startUpload(person, 'picture', jpeg.length);
  const half = bodyOf(jpeg.length, jpeg.subarray(0, 1_000));
  const sockets = Array.from({ length: 8 }, () => begin(person, `PUT ${String(uploadUrl)}`, half));
  await expect.poll(arriving).toHaveLength(8);
  const ninth = await putBytes(person, String(uploadUrl), jpeg);
  expect([ninth.status, ninth.headers.get('retry-after')]).toEqual([429, '5']);
  await upload(await fresh(), 'picture', jpeg);
  for (const socket of sockets) socket.destroy();
  await expect.poll(arriving).toEqual([]);
  expect((await putBytes(person, String(uploadUrl), jpeg)).status).toBe(200);
});

test('an upload may take four times as long as another body', async () => {
  const { server } = app.http;
  const { requestTimeout, headersTimeout } = server;
  onTestFinished(() => void Object.assign(server, { requestTimeout, headersTimeout }));
  Object.assign(server, { requestTimeout: 2_000, headersTimeout: 1_000 });
  const person = await fresh();
  const { uploadUrl } = await startUpload(person, 'picture', jpeg.length);
  const slow = begin(person, `PUT ${String(uploadUrl)}`, bodyOf(jpeg.length, jpeg.subarray(0, 1_000)));
  const usual = begin(
    person,
    'POST /v1/media',
    Buffer.from('Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{'),
  );
  expect(await text(usual)).toMatch(/^HTTP\/1.1 408 .*"request_too_slow"/s);
  slow.write(jpeg.subarray(1_000));
  expect(await text(slow)).toMatch(/^HTTP\/1.1 200 /);
}, 20_000);

test('more bytes than announced are not taken for a part of the picture', async () => {
  const person = await fresh();
  const { uploadUrl, mediaId } = await startUpload(person, 'picture', 500);
  const socket = begin(person, `PUT ${String(uploadUrl)}`, bodyOf(500, jpeg));
  expect(await text(socket)).toContain('"malformed_request"');
  expect((await person.call('getMedia', { params: { mediaId: String(mediaId) } })).status).toBe(404);
});

test('refuses other types, packed bodies and none', async () => {
  const person = await fresh();
  const { uploadUrl } = await startUpload(person, 'picture', jpeg.length);
  for (const type of ['text/html', 'application/json', 'multipart/form-data; boundary=x', '']) {
    expect(await putBytes(person, String(uploadUrl), jpeg, type)).toMatchObject({ status: 415 });
  }
  const packed = { 'content-type': 'image/jpeg', 'content-encoding': 'gzip' };
  const body = Uint8Array.from(jpeg);
  expect(await person.raw(String(uploadUrl), { method: 'PUT', body, headers: packed })).toMatchObject({ status: 415 });
  const nothing = await person.raw(String(uploadUrl), { method: 'PUT', headers: { 'content-type': 'image/jpeg' } });
  expect(nothing).toMatchObject({ status: 422, body: { code: 'upload_size_differs' } });
});

test('as many hostile uploads as a day allows are answered, and the server serves on', async () => {
  const person = await fresh();
  const codes = new Set<string>();
  for (let round = 0; round < 12; round += 1) {
    // As many as one person may send at once.
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => {
        const bytes = Buffer.concat([jpeg.subarray(0, 100 + round * 10 + i), Buffer.alloc(1_000, i)]);
        return tryUpload(person, 'picture', bytes);
      }),
    );
    for (const { body } of answers) codes.add(String(body.code));
  }
  expect([...codes]).toEqual(['broken_picture']);
  await upload(person, 'picture', jpeg);
  expect(arriving()).toEqual([]);
});

let people = 0;
const fresh = (): Promise<Person> => signUp(`person${(people += 1)}`);

/** A request by hand, so that it can be slow, short or too long. */
function begin({ token }: Person, head: string, rest: Buffer): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`${head} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n`);
  socket.write(rest);
  return socket;
}

const bodyOf = (length: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`Content-Type: image/jpeg\r\nContent-Length: ${length}\r\n\r\n`), bytes]);
