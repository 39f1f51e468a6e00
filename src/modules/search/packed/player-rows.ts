import { AccountTable } from './account-keys.ts';
import { blockSize } from './layout.ts';

export const rowFlags = { taken: 1, online: 2, rated: 4, showsPresence: 8 };

/** The columns of the rows that were ever taken, and the games. */
export interface RowsDump {
  readonly keys: Uint32Array;
  readonly activeDays: Uint16Array;
  readonly createdDays: Uint16Array;
  readonly ratings: Uint16Array;
  readonly requests: Uint8Array;
  readonly flags: Uint8Array;
  readonly gamesAt: Uint32Array;
  readonly gameCounts: Uint16Array;
  readonly games: Uint32Array<ArrayBuffer>;
  readonly gamesLost: number;
}

/** What is kept of each player outside the hot memory, by place: columns, so that a million players are a few arrays. */
export class PlayerRows {
  /** Rows there is room for, taken or not. */
  capacity = 0;
  keys = new Uint32Array(0);
  activeDays = new Uint16Array(0);
  createdDays = new Uint16Array(0);
  ratings = new Uint16Array(0);
  requests = new Uint8Array(0);
  flags = new Uint8Array(0);
  gamesAt = new Uint32Array(0);
  gameCounts = new Uint16Array(0);
  /** The games of all players, each player's together from `gamesAt`. */
  games = new Uint32Array(0);
  gamesUsed = 0;
  /** Entries that belong to nobody any more. */
  gamesLost = 0;
  readonly accounts = new AccountTable(this.keys);

  reserve(rows: number): void {
    if (rows <= this.capacity) return;
    this.#reshape(Math.ceil(rows / blockSize) * blockSize, (column, wider) => {
      wider.set(column);
      return wider;
    });
    this.accounts.moveKeys(this.keys);
  }

  /** Room for the games of one player; the room they had is lost until the next sorting. */
  addGames(place: number, games: readonly number[]): void {
    if (this.gamesUsed + games.length > this.games.length) {
      const more = new Uint32Array(Math.ceil((this.gamesUsed + games.length) * 1.125) + 1024);
      more.set(this.games.subarray(0, this.gamesUsed));
      this.games = more;
    }
    this.gamesLost += this.gameCounts[place]!;
    for (let index = 0; index < games.length; index += 1) this.games[this.gamesUsed + index] = games[index]!;
    this.gamesAt[place] = this.gamesUsed;
    this.gameCounts[place] = games.length;
    this.gamesUsed += games.length;
  }

  gamesOf(place: number): Uint32Array {
    const at = this.gamesAt[place] ?? 0;
    return this.games.subarray(at, at + (this.gameCounts[place] ?? 0));
  }

  dump(used: number): RowsDump {
    return {
      keys: this.keys.slice(0, 4 * used),
      activeDays: this.activeDays.slice(0, used),
      createdDays: this.createdDays.slice(0, used),
      ratings: this.ratings.slice(0, used),
      requests: this.requests.slice(0, used),
      flags: this.flags.slice(0, used),
      gamesAt: this.gamesAt.slice(0, used),
      gameCounts: this.gameCounts.slice(0, used),
      games: this.games.slice(0, this.gamesUsed),
      gamesLost: this.gamesLost,
    };
  }

  /** Only into empty rows, with room for all reserved. */
  restore({ games, gamesLost, ...columns }: RowsDump): void {
    this.keys.set(columns.keys);
    this.activeDays.set(columns.activeDays);
    this.createdDays.set(columns.createdDays);
    this.ratings.set(columns.ratings);
    this.requests.set(columns.requests);
    this.flags.set(columns.flags);
    this.gamesAt.set(columns.gamesAt);
    this.gameCounts.set(columns.gameCounts);
    this.games = games;
    this.gamesUsed = games.length;
    this.gamesLost = gamesLost;
    const taken = [...columns.flags.keys()].filter((place) => (columns.flags[place]! & rowFlags.taken) !== 0);
    this.accounts.rebuild(this.keys, taken, taken.length);
  }

  /** Puts the rows into a new order: `order[i]` is the old place of the row that comes to place i. */
  reorder(order: Uint32Array, capacity: number): void {
    const games = new Uint32Array(this.#gamesIn(order));
    const gamesAt = new Uint32Array(order.length);
    let used = 0;
    for (let place = 0; place < order.length; place += 1) {
      const own = this.gamesOf(order[place] ?? 0);
      games.set(own, used);
      gamesAt[place] = used;
      used += own.length;
    }
    this.games = games;
    this.gamesUsed = used;
    this.gamesLost = 0;
    this.#reshape(capacity, (column, next, width) => reordered(column, next, width, order));
    this.gamesAt.set(gamesAt);
    this.accounts.rebuild(this.keys, order.keys(), order.length);
  }

  #gamesIn(order: Uint32Array): number {
    let sum = 0;
    for (const place of order) sum += this.gameCounts[place] ?? 0;
    return sum;
  }

  #reshape(
    capacity: number,
    fill: <Column extends RowColumn>(old: Column, next: Column, width: number) => Column,
  ): void {
    this.keys = fill(this.keys, new Uint32Array(4 * capacity), 4);
    this.activeDays = fill(this.activeDays, new Uint16Array(capacity), 1);
    this.createdDays = fill(this.createdDays, new Uint16Array(capacity), 1);
    this.ratings = fill(this.ratings, new Uint16Array(capacity), 1);
    this.requests = fill(this.requests, new Uint8Array(capacity), 1);
    this.flags = fill(this.flags, new Uint8Array(capacity), 1);
    this.gamesAt = fill(this.gamesAt, new Uint32Array(capacity), 1);
    this.gameCounts = fill(this.gameCounts, new Uint16Array(capacity), 1);
    this.capacity = capacity;
  }
}

type RowColumn = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Fills `next`: row i is the old row `order[i]`. */
export function reordered<Column extends RowColumn>(
  old: Column,
  next: Column,
  width: number,
  order: Uint32Array,
): Column {
  for (let place = 0; place < order.length; place += 1) {
    const from = order[place]! * width;
    for (let offset = 0; offset < width; offset += 1) next[place * width + offset] = old[from + offset]!;
  }
  return next;
}
