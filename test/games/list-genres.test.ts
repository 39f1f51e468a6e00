import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');

test('genres have names in both languages', async () => {
  const { status, body } = await alice.call('listGenres');
  const genres = body.items as unknown as { genreId: string; name: { en: string; ru?: string } }[];
  expect(status).toBe(200);
  expect(genres.length).toBeGreaterThan(20);
  expect(genres.find(({ genreId }) => genreId === 'shooter')?.name).toEqual({ en: 'Shooter', ru: 'Шутер' });
  expect((await nobody.call('listGenres')).status).toBe(401);
});
