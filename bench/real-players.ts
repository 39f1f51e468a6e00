import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { createRandom } from './random.ts';

export interface OwnedGame {
  readonly gameSlug: string;
  /** 0: owned, never played. */
  readonly hours: number;
  /** The ranker does not see it. */
  readonly isHidden: boolean;
}

/** One player's library. */
export type Library = readonly OwnedGame[];

const hiddenPart = 0.3;

/** Reads players.csv.gz (player, game, hours) and hides 30 % of each library by the seed, never all of it. */
export async function readLibraries(path: string, seed: number): Promise<Library[]> {
  const random = createRandom(seed);
  const rows = gunzipSync(await readFile(path))
    .toString()
    .trim()
    .split('\n')
    .slice(1);
  const owned = new Map<string, { gameSlug: string; hours: number }[]>();
  for (const row of rows) {
    const [player = '', game = '', hours = '0'] = row.split(',');
    const library = owned.get(player);
    const one = { gameSlug: `game-${game}`, hours: Number(hours) };
    if (library === undefined) owned.set(player, [one]);
    else library.push(one);
  }
  return [...owned.values()].map((library) => {
    const hidden = new Set(drawPlaces(library.length, Math.floor(library.length * hiddenPart + random()), random));
    return library.map((game, place) => ({ ...game, isHidden: hidden.has(place) }));
  });
}

function drawPlaces(length: number, count: number, random: () => number): number[] {
  const places = Array.from({ length }, (_, place) => place);
  for (let last = length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [places[last], places[other]] = [places[other] ?? 0, places[last] ?? 0];
  }
  return places.slice(0, Math.min(count, length - 1));
}
