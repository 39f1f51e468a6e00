import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');

test('a game has its ladder, the lowest rank first, and its roles', async () => {
  const { status, body } = await alice.call('getGame', { params: { gameId: 'dota-2' } });
  const ladder = body.ladder as unknown as { slug: string; name: { ru: string } }[];
  expect(status).toBe(200);
  expect(ladder[0]).toMatchObject({ slug: 'herald', name: { ru: 'Рекрут' } });
  expect(ladder.at(-1)?.slug).toBe('immortal');
  expect((body.roles as unknown as unknown[]).length).toBeGreaterThan(0);
});

test('a game that is not in the catalogue is not found', async () => {
  const unknown = await alice.call('getGame', { params: { gameId: 'half-life-3' } });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'game_not_found' } });
});

test('refuses what is no slug, and strangers', async () => {
  expect((await alice.call('getGame', { params: { gameId: 'Dota 2' } })).status).toBe(400);
  expect((await nobody.call('getGame', { params: { gameId: 'dota-2' } })).status).toBe(401);
});
