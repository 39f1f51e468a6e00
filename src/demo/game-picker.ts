import type { Game } from '#modules/games/index.ts';
import type { PlayedGameBody } from '#modules/profiles/index.ts';
import type { Random } from './random.ts';

type Played = { game: Game; body: PlayedGameBody & { gameId: string } };
type Shelf = { games: readonly Game[]; sums: Float64Array };

/** Taste: most of somebody's games come from the two or three genres that they love. */
const FROM_LOVED_GENRES = 0.8;
const MOST_GAMES = 15;

/** Picks games as people have them: popular ones often, and together with others of the same genres. */
export function createGamePicker(games: readonly Game[]) {
  const shelves = new Map<string, Shelf>([['', createShelf(games)]]);
  for (const genre of new Set(games.flatMap((game) => game.genres))) {
    shelves.set(genre, createShelf(games.filter((game) => game.genres.includes(genre))));
  }
  return (random: Random, platforms: readonly string[]): { played: Played[]; genres: string[] } => {
    const favourite = pick(random, shelves.get(''));
    const loved = [...new Set([...(favourite?.genres ?? []), ...(pick(random, shelves.get(''))?.genres ?? [])])].slice(
      0,
      3,
    );
    const wanted = Math.min(MOST_GAMES, 1 + Math.ceil(-5 * Math.log(1 - random.share())));
    const chosen = new Map<string, Game>();
    for (let tries = 0; chosen.size < wanted && tries < wanted * 4; tries += 1) {
      const shelf = random.isLucky(FROM_LOVED_GENRES) && loved.length > 0 ? random.pick(loved) : '';
      const game = pick(random, shelves.get(shelf));
      if (game?.platforms.some((platform) => platforms.includes(platform))) chosen.set(game.gameId, game);
    }
    const played = [...chosen.values()].map((game, place) => ({
      game,
      body: makePlay(random, game, place, platforms),
    }));
    return { played, genres: loved.slice(0, random.between(0, 3)) };
  };
}

function createShelf(games: readonly Game[]): Shelf {
  let sum = 0;
  // The most popular games would otherwise stand in every profile.
  const sums = Float64Array.from(games, ({ popularity }) => (sum += (popularity + 1) ** 0.8));
  return { games, sums };
}

/** By bisection over the running sums. */
function pick(random: Random, shelf: Shelf | undefined): Game | undefined {
  if (!shelf) return undefined;
  const { games, sums } = shelf;
  const target = random.share() * (sums.at(-1) ?? 0);
  let low = 0;
  for (let high = sums.length - 1; low < high; ) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return games[low];
}

function makePlay(random: Random, game: Game, place: number, owned: readonly string[]): Played['body'] {
  const level = place === 0 ? 'main' : place < 3 ? 'often' : 'sometimes';
  const typicalHours = { main: 900, often: 250, sometimes: 40 }[level];
  const platform = game.platforms.find((one) => owned.includes(one)) ?? 'windows';
  const { ladder, roles } = game;
  const middle = (ladder.length - 1) * 0.45;
  const step = Math.round(random.normal(middle, ladder.length / 5));
  const rank = ladder[Math.min(ladder.length - 1, Math.max(0, step))];
  return {
    gameId: game.gameId,
    level,
    platform: platform as PlayedGameBody['platform'],
    ...(rank && level !== 'sometimes' && random.isLucky(0.8) && { rank: rank.slug }),
    ...(roles.length > 0 && random.isLucky(0.7) && { roles: [random.pick(roles).slug] }),
    ...(random.isLucky(0.7) && { hoursPlayed: Math.round(typicalHours * Math.exp(random.normal(0, 0.8))) }),
  };
}
