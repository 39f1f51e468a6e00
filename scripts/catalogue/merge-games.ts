import { Value } from 'typebox/value';
import { type Game, type Genre, gameSchema, type HandmadeGame } from './game.ts';
import { foldName } from './names.ts';

/**
 * Lays the hand-made entries over the generated ones: same app id first, else same slug. The result is sorted by slug.
 * @throws Error that names every entry that is incomplete, clashes with another, or uses an unknown genre.
 */
export function mergeGames(
  generated: readonly Game[],
  handmade: readonly HandmadeGame[],
  genres: readonly Genre[],
): Game[] {
  const bySlug = new Map(generated.map((game) => [game.slug, game]));
  const slugByAppId = new Map(generated.map((game) => [game.steamAppId, game.slug]));
  const merged: (HandmadeGame | Game)[] = [];
  for (const entry of handmade) {
    const twinSlug = slugByAppId.get(entry.steamAppId) ?? entry.slug;
    merged.push({ ...bySlug.get(twinSlug), ...entry });
    bySlug.delete(twinSlug);
  }
  const games = [...merged, ...bySlug.values()];
  const problems = [...findIncomplete(games), ...findUnknownGenres(games, genres), ...findClashes(games)];
  if (problems.length > 0) throw new Error(`The catalogue has ${problems.length} problems:\n${problems.join('\n')}`);
  return games
    .filter((game): game is Game => Value.Check(gameSchema, game))
    .map(inOrder)
    .toSorted(bySlugOrder);
}

/** One game a line, so that a diff shows which games changed. */
export function formatGames(games: readonly Game[]): string {
  return games.map((game) => `${JSON.stringify(game)}\n`).join('');
}

function findIncomplete(games: readonly HandmadeGame[]): string[] {
  return games
    .filter((game) => !Value.Check(gameSchema, game))
    .map((game) => {
      const [first] = Value.Errors(gameSchema, game);
      return `${game.slug}: ${first?.instancePath ?? ''} ${first?.message ?? ''}`;
    });
}

function findUnknownGenres(games: readonly HandmadeGame[], genres: readonly Genre[]): string[] {
  const known = new Set(genres.map((genre) => genre.slug));
  return games.flatMap((game) =>
    (game.genres ?? []).filter((slug) => !known.has(slug)).map((slug) => `${game.slug}: unknown genre ${slug}`),
  );
}

/** A word must lead to one game: no two games share a slug, a name, an alias or an app id. */
function findClashes(games: readonly HandmadeGame[]): string[] {
  const owners = new Map<string, string>();
  return games.flatMap((game) => {
    const words = [game.name?.en, game.name?.ru, ...(game.aliases ?? [])].filter((word) => word !== undefined);
    const keys = new Set([...words.map(foldName), `slug ${game.slug}`, `app ${game.steamAppId ?? game.slug}`]);
    return [...keys].flatMap((key) => {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, game.slug);
      return owner === undefined ? [] : [`${game.slug}: shares "${key}" with ${owner}`];
    });
  });
}

function inOrder(game: Game): Game {
  const { slug, name, aliases, year, genres, platforms, modes, partySize, popularity, ladder, roles, steamAppId } =
    game;
  return {
    slug,
    name,
    aliases,
    ...(year !== undefined && { year }),
    genres,
    platforms,
    modes,
    ...(partySize && { partySize }),
    popularity,
    ...(ladder && { ladder }),
    ...(roles && { roles }),
    ...(steamAppId !== undefined && { steamAppId }),
  };
}

function bySlugOrder(a: Game, b: Game): number {
  return a.slug < b.slug ? -1 : 1;
}
