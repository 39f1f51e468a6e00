import type { Static } from 'typebox';
import type { GenreList } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

export async function listGenres({ catalogue }: GamesTools): Promise<Static<typeof GenreList>> {
  return { items: [...catalogue().genres] };
}
