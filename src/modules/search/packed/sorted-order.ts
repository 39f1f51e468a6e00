import {
  inactiveBit,
  mostGames,
  mostLanguageSets,
  nobodyTraits,
  standingMask,
  standingShift,
  traitsShift,
} from './layout.ts';
import { type PlayerRows, rowFlags } from './player-rows.ts';

/**
 * The document order: active people first, then by languages, main game and falling standing, so that people who suit the
 * same viewers share blocks. Gives the old places of the rows that are taken, in the new order.
 */
export function sortedOrder(words: Uint32Array, rows: PlayerRows, used: number): Uint32Array<ArrayBuffer> {
  const standingOf = (place: number) => 63 - (((words[place] ?? 0) >>> standingShift) & (inactiveBit - 1));
  const mainGameOf = (place: number) =>
    (rows.gameCounts[place] ?? 0) === 0 ? mostGames : (rows.games[rows.gamesAt[place] ?? 0] ?? 0) & 0xffff;
  const languagesOf = (place: number) => {
    const word = words[place] ?? 0;
    if (word >>> traitsShift === nobodyTraits) return 2 * mostLanguageSets;
    const isInactive = ((word >>> standingShift) & standingMask & inactiveBit) !== 0;
    return (word & (mostLanguageSets - 1)) + (isInactive ? mostLanguageSets : 0);
  };

  const taken = new Uint32Array(used);
  let count = 0;
  for (let place = 0; place < used; place += 1) {
    if (((rows.flags[place] ?? 0) & rowFlags.taken) !== 0) {
      taken[count] = place;
      count += 1;
    }
  }
  // A radix sort: each pass keeps the order of the one before among equals.
  let order = taken.subarray(0, count);
  order = sortedBy(order, standingOf, 64);
  order = sortedBy(order, mainGameOf, mostGames + 1);
  return sortedBy(order, languagesOf, 2 * mostLanguageSets + 1);
}

function sortedBy(
  order: Uint32Array<ArrayBuffer>,
  keyOf: (place: number) => number,
  keys: number,
): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(keys + 1);
  for (const place of order) starts[keyOf(place) + 1] = (starts[keyOf(place) + 1] ?? 0) + 1;
  for (let key = 1; key <= keys; key += 1) starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0);
  const sorted = new Uint32Array(order.length);
  for (const place of order) {
    const key = keyOf(place);
    const position = starts[key] ?? 0;
    starts[key] = position + 1;
    sorted[position] = place;
  }
  return sorted;
}
