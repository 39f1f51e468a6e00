import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');

test('a new genre is in the list and good for games', async () => {
  const genre = { genreId: 'extraction', name: { en: 'Extraction', ru: 'Эвакуация' } };
  expect(await mod.call('createGenre', { body: genre })).toMatchObject({ status: 201, body: genre });
  await server.settle();
  expect(listOf((await alice.call('listGenres')).body.items)).toContainEqual(genre);
  const body = { genres: ['extraction'] };
  expect((await mod.call('updateGame', { params: { gameId: 'escape-from-tarkov' }, body })).status).toBe(200);
});

test('refuses an id that is taken, a name of nothing, and players', async () => {
  const name = { en: 'Shooter' };
  const taken = await mod.call('createGenre', { body: { genreId: 'shooter', name } });
  expect(taken).toMatchObject({ status: 409, body: { code: 'slug_taken' } });
  expect((await mod.call('createGenre', { body: { genreId: 'void', name: { en: ' ' } } })).status).toBe(400);
  expect((await alice.call('createGenre', { body: { genreId: 'mine', name } })).status).toBe(403);
});
