/** An account id as four 32-bit words; comparing them as numbers compares the UUIDs as text. */
export type AccountKey = readonly [number, number, number, number];

/** Where the dashes of a UUID stand, and its 32 digits. */
const dashPlaces = [8, 13, 18, 23];
const digitPlaces = Array.from({ length: 36 }, (_, place) => place).filter((place) => !dashPlaces.includes(place));
const dash = 45;
const digits = '0123456789abcdef';
const valueOf = Int8Array.from({ length: 128 }, (_, code) => digits.indexOf(String.fromCharCode(code)));
const bytePairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Undefined unless it is a UUID in small letters. */
export function accountKeyOf(accountId: string): AccountKey | undefined {
  if (accountId.length !== 36) return undefined;
  for (const place of dashPlaces) if (accountId.charCodeAt(place) !== dash) return undefined;
  const words: [number, number, number, number] = [0, 0, 0, 0];
  for (let digit = 0; digit < 32; digit += 1) {
    const value = valueOf[accountId.charCodeAt(digitPlaces[digit]!)] ?? -1;
    if (value < 0) return undefined;
    words[digit >> 3] = ((words[digit >> 3]! << 4) | value) >>> 0;
  }
  return words;
}

export function accountIdOf([a, b, c, d]: AccountKey): string {
  const tail = halfText(c) + halfText(d >>> 16) + halfText(d);
  return `${halfText(a >>> 16)}${halfText(a)}-${halfText(b >>> 16)}-${halfText(b)}-${halfText(c >>> 16)}-${tail}`;
}

function halfText(half: number): string {
  return bytePairs[(half >>> 8) & 255]! + bytePairs[half & 255]!;
}

const empty = 0;
const gone = -1;

/**
 * From account to place, for millions of accounts in a few bytes each: an open-addressed table of place + 1, whose keys
 * are the rows of the index itself.
 */
export class AccountTable {
  /** Four words a place. */
  #keys: Uint32Array;
  #slots = new Int32Array(1024);
  #used = 0;
  #size = 0;

  constructor(keys: Uint32Array) {
    this.#keys = keys;
  }

  get size(): number {
    return this.#size;
  }

  find(key: AccountKey): number | undefined {
    const slot = this.#slotOf(key);
    return slot === undefined ? undefined : (this.#slots[slot] ?? 0) - 1;
  }

  /** The key must stand in the row already, and must not be in the table. */
  insert(place: number): void {
    if ((this.#used + 1) * 5 > this.#slots.length * 3) this.#rehash();
    this.#put(place);
    this.#used += 1;
    this.#size += 1;
  }

  delete(key: AccountKey): void {
    const slot = this.#slotOf(key);
    if (slot === undefined) return;
    this.#slots[slot] = gone;
    this.#size -= 1;
  }

  /** After rows moved: the new rows, and which of them are taken. */
  rebuild(keys: Uint32Array, places: Iterable<number>, count: number): void {
    this.#keys = keys;
    this.#slots = new Int32Array(roomFor(count));
    this.#used = 0;
    this.#size = 0;
    for (const place of places) this.insert(place);
  }

  /** After the rows were copied to a larger array, each to its old place. */
  moveKeys(keys: Uint32Array): void {
    this.#keys = keys;
  }

  #slotOf(key: AccountKey): number | undefined {
    const [a, b, c, d] = key;
    const mask = this.#slots.length - 1;
    for (let slot = hash(a, b, c, d) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? empty;
      if (entry === empty) return undefined;
      if (entry === gone) continue;
      const at = (entry - 1) * 4;
      const keys = this.#keys;
      if (keys[at] === a && keys[at + 1] === b && keys[at + 2] === c && keys[at + 3] === d) return slot;
    }
  }

  #put(place: number): void {
    const keys = this.#keys;
    const at = place * 4;
    const mask = this.#slots.length - 1;
    let slot = hash(keys[at] ?? 0, keys[at + 1] ?? 0, keys[at + 2] ?? 0, keys[at + 3] ?? 0) & mask;
    while (this.#slots[slot] !== empty) slot = (slot + 1) & mask;
    this.#slots[slot] = place + 1;
  }

  #rehash(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(roomFor(this.#size + 1));
    this.#used = this.#size;
    for (const entry of old) if (entry > 0) this.#put(entry - 1);
  }
}

/** A power of two, at most half full, so that it can grow before it is rehashed again. */
function roomFor(count: number): number {
  return 2 ** Math.max(10, Math.ceil(Math.log2((count + 1) * 2)));
}

function hash(a: number, b: number, c: number, d: number): number {
  let mixed = Math.imul(a, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f) ^ Math.imul(d, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
