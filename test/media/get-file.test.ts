import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { makePicture } from '../helpers/pictures.ts';

const { signUp, url, clock } = await startApp();
const alice = await signUp('alice');
const body = Uint8Array.from(await makePicture(100, 100));
const answer = await alice.raw('/v1/me/avatar', { method: 'PUT', body, headers: { 'content-type': 'image/jpeg' } });
const link = new URL(`${url}${(answer.body.sizes as unknown as { url: string }[])[0]?.url}`);

const statusOf = async (change: (address: URL) => void) => {
  const address = new URL(link);
  change(address);
  return (await fetch(address)).status;
};

test('a link opens without a token, may be kept, and shows nothing but the picture', async () => {
  const response = await fetch(link);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'private, max-age=86400, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
  });
});

test.each<[string, (address: URL) => void, number]>([
  ['another size', (address) => (address.pathname = address.pathname.replace(/0$/, '1')), 404],
  ['another picture', (address) => (address.pathname = address.pathname.replace(/[0-9a-f]{12}/, '0'.repeat(12))), 404],
  ['a later end', (address) => address.searchParams.set('expires', '9999999999'), 404],
  ['another signature', (address) => address.searchParams.set('signature', 'x'.repeat(32)), 404],
  ['no signature', (address) => address.searchParams.delete('signature'), 400],
  ['a way out of the folder', (address) => (address.pathname = '/v1/media/..%2f..%2fkeys/0'), 400],
])('a link with %s opens nothing', async (_what, change, status) => {
  expect(await statusOf(change)).toBe(status);
});

test('a link ends', async () => {
  clock.advance(2 * 86_400);
  expect(await statusOf(() => {})).toBe(404);
});
