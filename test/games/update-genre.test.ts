import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { app, db, settle } = server;
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');
const params = { genreId: 'shooter' };

test('a genre gets another name, which a new version of the program leaves alone', async () => {
  const body = { name: { en: 'Shoot them', ru: 'Стрелялка' } };
  expect(await mod.call('updateGenre', { params, body })).toMatchObject({ status: 200, body: { ...params, ...body } });
  await db.statement.updateTable('catalogue_loads').set({ files_hash: 'of another version' }).execute();
  await app.loadCatalogue();
  await settle();
  expect(listOf((await alice.call('listGenres')).body.items)).toContainEqual({ ...params, ...body });
});

test('refuses what is not there, and players', async () => {
  const body = { name: { en: 'Jazz' } };
  const unknown = await mod.call('updateGenre', { params: { genreId: 'jazz' }, body });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'genre_not_found' } });
  expect((await alice.call('updateGenre', { params, body })).status).toBe(403);
});
