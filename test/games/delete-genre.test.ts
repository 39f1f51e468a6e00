import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');
const params = { genreId: 'extraction' };
const genre = { ...params, name: { en: 'Extraction' } };

test('a genre that no game has goes, from profiles and saved searches as well, and never comes back', async () => {
  await mod.call('createGenre', { body: genre });
  await server.settle();
  const genres = ['extraction', 'shooter'];
  expect((await alice.call('updateMyProfile', { body: { genres } })).status).toBe(200);
  expect((await alice.call('createSavedSearch', { body: { name: 'mates', filters: { genre: genres } } })).status).toBe(
    201,
  );
  expect((await mod.call('deleteGenre', { params })).status).toBe(204);
  await server.settle();
  expect((await alice.call('getMyProfile')).body.genres).toEqual(['shooter']);
  const [saved] = listOf((await alice.call('listSavedSearches')).body.items);
  expect(saved?.filters).toEqual({ genre: ['shooter'] });
  expect(JSON.stringify((await alice.call('listGenres')).body)).not.toContain('"extraction"');
  expect(await mod.call('createGenre', { body: genre })).toMatchObject({ status: 409, body: { code: 'slug_taken' } });
});

test('refuses a genre that games have, what is not there, and players', async () => {
  const inUse = await mod.call('deleteGenre', { params: { genreId: 'shooter' } });
  expect(inUse).toMatchObject({ status: 409, body: { code: 'genre_in_use' } });
  expect((await mod.call('deleteGenre', { params: { genreId: 'jazz' } })).status).toBe(404);
  expect((await alice.call('deleteGenre', { params: { genreId: 'shooter' } })).status).toBe(403);
});
