import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { addGame } from '../helpers/catalogue.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, settle, db, app } = server;
const mod = await hire(server, 'mod', 'moderator');
const alice = await signUp('alice');

test('a game that nobody plays goes, and neither the program nor the staff bring its id back', async () => {
  const params = { gameId: 'terraria' };
  expect((await mod.call('deleteGame', { params })).status).toBe(204);
  await db.statement.updateTable('catalogue_loads').set({ files_hash: 'of another version' }).execute();
  await app.loadCatalogue();
  await settle();
  expect((await alice.call('getGame', { params })).status).toBe(404);
  await expect(addGame(mod, 'terraria')).rejects.toThrow('slug_taken');
});

test('a game that somebody plays stays', async () => {
  const params = { gameId: 'dota-2' };
  await alice.call('putProfileGame', { params, body: { level: 'main', platform: 'windows' } });
  expect(await mod.call('deleteGame', { params })).toMatchObject({ status: 409, body: { code: 'game_in_use' } });
  expect((await alice.call('getGame', { params })).status).toBe(200);
});

test('refuses what is not there, and players', async () => {
  expect((await mod.call('deleteGame', { params: { gameId: 'half-life-3' } })).status).toBe(404);
  expect((await alice.call('deleteGame', { params: { gameId: 'rust' } })).status).toBe(403);
});
