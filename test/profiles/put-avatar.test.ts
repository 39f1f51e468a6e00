import sharp from 'sharp';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { makePicture, makePngBomb } from '../helpers/pictures.ts';

const { nobody, signUp, db, url, clock, app } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');

const put = (person: Pick<Person, 'raw'>, body: Uint8Array, type = 'image/jpeg') =>
  person.raw('/v1/me/avatar', { method: 'PUT', body: Uint8Array.from(body), headers: { 'content-type': type } });

type Picture = { mediaId: string; placeholder: string; sizes: { width: number; height: number; url: string }[] };

test('a picture becomes square WebP in several sizes, without its metadata, and stands on the card', async () => {
  const { status, body } = await put(alice, await makePicture(1_200, 800, { exif: true }));
  expect(status).toBe(200);
  const { sizes, placeholder } = body as unknown as Picture;
  expect(sizes.map(({ width, height }) => [width, height])).toEqual([
    [64, 64],
    [160, 160],
    [320, 320],
    [640, 640],
  ]);
  expect(Buffer.from(placeholder, 'base64').length).toBeLessThan(40);

  const card = await bob.call('getUser', { params: { userId: alice.userId } });
  expect(card.body.avatar).toEqual(body);
  for (const size of sizes) {
    const response = await fetch(`${url}${size.url}`);
    expect(response.headers.get('content-type')).toBe('image/webp');
    const bytes = Buffer.from(await response.arrayBuffer());
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: size.width, height: size.height });
    expect(metadata.exif).toBeUndefined();
    expect(bytes.includes('secret place')).toBe(false);
  }
  expect(await findAnnounced(db, 'profiles.profile_changed')).toContainEqual({ accountId: alice.userId });
});

test.each(['png', 'webp'] as const)('%s is taken too, whatever type the header names', async (format) => {
  expect((await put(bob, await makePicture(300, 300, { format }), 'application/octet-stream')).status).toBe(200);
});

test('a small picture is not blown up, and a strip becomes a square', async () => {
  const small = await put(bob, await makePicture(100, 90));
  expect((small.body as unknown as Picture).sizes.map(({ width }) => width)).toEqual([64, 90]);
  const strip = await put(bob, await makePicture(9_000, 10, { format: 'png' }));
  expect((strip.body as unknown as Picture).sizes).toMatchObject([{ width: 10, height: 10 }]);
});

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>';
const jpeg = await makePicture(400, 400);

test.each<[string, Buffer, number, string]>([
  ['nothing', Buffer.alloc(0), 422, 'not_a_picture'],
  ['an SVG', Buffer.from(SVG), 422, 'not_a_picture'],
  ['a GIF', Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64'), 422, 'not_a_picture'],
  ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 422, 'not_a_picture'],
  ['a JPEG cut in half', jpeg.subarray(0, jpeg.length / 2), 422, 'broken_picture'],
  [
    'the first bytes of a JPEG and noise',
    Buffer.concat([jpeg.subarray(0, 3), Buffer.alloc(5_000, 7)]),
    422,
    'broken_picture',
  ],
  ['a PNG of 14,000 by 14,000 in few bytes', makePngBomb(14_000, 14_000), 422, 'picture_too_large'],
  ['a PNG that promises 2 billion pixels', makePngBomb(100_000, 20_000), 422, 'picture_too_large'],
  ['eleven megabytes', Buffer.alloc(11_000_000, 1), 413, 'payload_too_large'],
])('refuses %s', async (_what, bytes, status, code) => {
  expect(await put(bob, bytes)).toMatchObject({ status, body: { code } });
});

test('what is hidden behind a picture does not come through', async () => {
  const polyglot = Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>PK\u0003\u0004')]);
  const { status, body } = await put(bob, polyglot);
  expect(status).toBe(200);
  const size = (body as unknown as Picture).sizes.at(-1);
  const bytes = Buffer.from(await (await fetch(`${url}${size?.url}`)).arrayBuffer());
  expect(bytes.includes('script')).toBe(false);
});

test('refuses other types and strangers before reading the picture', async () => {
  expect(await put(bob, jpeg, 'text/html')).toMatchObject({ status: 415 });
  expect(await put(bob, jpeg, 'application/json')).toMatchObject({ status: 415 });
  expect(await put(nobody, jpeg)).toMatchObject({ status: 401 });
  const wrongDoor = await bob.raw('/v1/me/profile', {
    method: 'PATCH',
    body: Uint8Array.from(jpeg),
    headers: { 'content-type': 'image/jpeg' },
  });
  expect(wrongDoor.status).toBe(415);
});

test('the picture before is collected after a day, the present one stays', async () => {
  const carol = await signUp('carol');
  const first = (await put(carol, jpeg)).body as unknown as Picture;
  const second = (await put(carol, await makePicture(500, 500))).body as unknown as Picture;
  await app.media.collectOrphans();
  expect((await app.media.findPictures(db.read, [first.mediaId])).size).toBe(1);
  clock.advance(86_401);
  await app.media.collectOrphans();
  const pictures = await app.media.findPictures(db.read, [first.mediaId, second.mediaId]);
  expect([...pictures.keys()]).toEqual([second.mediaId]);
  const link = pictures.get(second.mediaId)?.sizes[0]?.url ?? '';
  expect((await fetch(`${url}${link}`)).status).toBe(200);
  expect((await fetch(`${url}${first.sizes[0]?.url}`)).status).toBe(404);
});

test('a hundred hostile uploads are answered, and the server serves on', async () => {
  const dave = await signUp('dave');
  const statuses = new Set<number>();
  for (let round = 0; round < 10; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        put(dave, Buffer.concat([jpeg.subarray(0, 100 + round * 10 + i), Buffer.alloc(1_000, i)])),
      ),
    );
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses]).toEqual([422]);
  expect((await put(dave, jpeg)).status).toBe(200);
});
