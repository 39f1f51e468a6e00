import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, settle, db, app } = server;
const mod = await hire(server, 'mod', 'moderator');
const alice = await signUp('alice');
const params = { gameId: 'dota-2' };

test('what the patch names is changed, the rest stays, and a new version of the program leaves it alone', async () => {
  const { body: before } = await alice.call('getGame', { params });
  const patch = { name: { en: 'Dota Two' }, popularity: 7, clear: ['year'] };
  const { status, body } = await mod.call('updateGame', { params, body: patch });
  const { year, ...rest } = before;
  expect(year).toBeDefined();
  expect([status, body]).toEqual([200, { ...rest, name: { en: 'Dota Two' }, popularity: 7 }]);
  await db.statement.updateTable('catalogue_loads').set({ files_hash: 'of another version' }).execute();
  await app.loadCatalogue();
  await settle();
  expect((await alice.call('getGame', { params })).body).toEqual(body);
});

test('a rank that left the ladder is no longer shown', async () => {
  const game = { level: 'main', rank: 'archon', platform: 'windows' };
  await alice.call('putProfileGame', { params, body: game });
  await mod.call('updateGame', { params, body: { ladder: [{ slug: 'herald', name: { en: 'Herald' } }] } });
  await settle();
  const { body } = await alice.call('getMyProfile');
  expect(body.games).toEqual([expect.not.objectContaining({ rank: expect.anything() })]);
});

test('refuses what contradicts itself, what is not there, and players', async () => {
  const both = await mod.call('updateGame', { params, body: { year: 2013, clear: ['year'] } });
  expect(both).toMatchObject({ status: 400, body: { errors: [{ path: '/body/year' }] } });
  const unknown = await mod.call('updateGame', { params: { gameId: 'half-life-3' }, body: { year: 2013 } });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'game_not_found' } });
  expect((await alice.call('updateGame', { params, body: { year: 2013 } })).status).toBe(403);
});
