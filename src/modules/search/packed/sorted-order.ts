import {
  inactiveBit,
  mostLanguageSets,
  mostTraits,
  nobodyTraits,
  standingMask,
  standingShift,
  traitsShift,
} from './layout.ts';
import { type PlayerRows, rowFlags } from './player-rows.ts';

/**
 * The document order: active people first, then by languages, traits and falling standing, so that those whom a viewer
 * cannot meet fill whole blocks. Gives the old places of the rows that are taken, in the new order.
 */
export function sortedOrder(words: Uint32Array, { flags }: PlayerRows, used: number): Uint32Array<ArrayBuffer> {
  const taken = new Uint32Array(used);
  let count = 0;
  for (let place = 0; place < used; place += 1) {
    if ((flags[place]! & rowFlags.taken) === 0) continue;
    taken[count] = place;
    count += 1;
  }
  // A radix sort: each pass keeps the order of the one before among equals.
  const byStanding = sortedBy(taken.subarray(0, count), (place) => fallingStanding(words[place]!), inactiveBit);
  const byTraits = sortedBy(byStanding, (place) => words[place]! >>> traitsShift, mostTraits);
  return sortedBy(byTraits, (place) => languagesOf(words[place]!), 2 * mostLanguageSets + 1);
}

function fallingStanding(word: number): number {
  return inactiveBit - 1 - ((word >>> standingShift) & (inactiveBit - 1));
}

function languagesOf(word: number): number {
  if (word >>> traitsShift === nobodyTraits) return 2 * mostLanguageSets;
  const isInactive = ((word >>> standingShift) & standingMask & inactiveBit) !== 0;
  return (word & (mostLanguageSets - 1)) + (isInactive ? mostLanguageSets : 0);
}

function sortedBy(
  order: Uint32Array<ArrayBuffer>,
  keyOf: (place: number) => number,
  keys: number,
): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(keys + 1);
  for (const place of order) starts[keyOf(place) + 1]! += 1;
  for (let key = 1; key <= keys; key += 1) starts[key]! += starts[key - 1]!;
  const sorted = new Uint32Array(order.length);
  for (const place of order) {
    const key = keyOf(place);
    sorted[starts[key]!] = place;
    starts[key]! += 1;
  }
  return sorted;
}
