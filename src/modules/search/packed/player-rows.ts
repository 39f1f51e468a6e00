import { AccountTable } from './account-keys.ts';
import { blockSize } from './layout.ts';

export const rowFlags = { taken: 1, online: 2, hasHours: 4, rated: 8 };
export const weekWords = 6;
export const genreWords = 2;

/** What is kept of each player outside the hot memory, by place: columns, so that a million players are a few arrays. */
export class PlayerRows {
  /** Rows there is room for, taken or not. */
  capacity = 0;
  keys = new Uint32Array(0);
  weeks = new Uint32Array(0);
  genres = new Uint32Array(0);
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
  readonly accounts = new AccountTable(this.keys);

  reserve(rows: number): void {
    if (rows <= this.capacity) return;
    this.#reshape(Math.ceil(rows / blockSize) * blockSize, (column, width, capacity) => {
      const wider = new (column.constructor as new (length: number) => typeof column)(capacity * width);
      wider.set(column);
      return wider;
    });
    this.accounts.moveKeys(this.keys);
  }

  /** Room for the games of one player; the room they had is lost until the next sorting. */
  addGames(place: number, games: readonly number[]): void {
    if (this.gamesUsed + games.length > this.games.length) {
      const more = new Uint32Array(Math.ceil((this.gamesUsed + games.length) * 1.25) + 1024);
      more.set(this.games.subarray(0, this.gamesUsed));
      this.games = more;
    }
    this.games.set(games, this.gamesUsed);
    this.gamesAt[place] = this.gamesUsed;
    this.gameCounts[place] = games.length;
    this.gamesUsed += games.length;
  }

  gamesOf(place: number): Uint32Array {
    const at = this.gamesAt[place] ?? 0;
    return this.games.subarray(at, at + (this.gameCounts[place] ?? 0));
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
    this.#reshape(capacity, (column, width, rows) => reordered(column, width, rows, order));
    this.gamesAt.set(gamesAt);
    this.accounts.rebuild(this.keys, order.keys(), order.length);
  }

  #gamesIn(order: Uint32Array): number {
    let sum = 0;
    for (const place of order) sum += this.gameCounts[place] ?? 0;
    return sum;
  }

  #reshape(capacity: number, copy: <Column extends RowColumn>(column: Column, width: number, rows: number) => Column) {
    this.keys = copy(this.keys, 4, capacity);
    this.weeks = copy(this.weeks, weekWords, capacity);
    this.genres = copy(this.genres, genreWords, capacity);
    this.activeDays = copy(this.activeDays, 1, capacity);
    this.createdDays = copy(this.createdDays, 1, capacity);
    this.ratings = copy(this.ratings, 1, capacity);
    this.requests = copy(this.requests, 1, capacity);
    this.flags = copy(this.flags, 1, capacity);
    this.gamesAt = copy(this.gamesAt, 1, capacity);
    this.gameCounts = copy(this.gameCounts, 1, capacity);
    this.capacity = capacity;
  }
}

type RowColumn = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

function reordered<Column extends RowColumn>(column: Column, width: number, rows: number, order: Uint32Array): Column {
  const next = new (column.constructor as new (length: number) => Column)(rows * width);
  for (let place = 0; place < order.length; place += 1) {
    const from = (order[place] ?? 0) * width;
    for (let offset = 0; offset < width; offset += 1) next[place * width + offset] = column[from + offset] ?? 0;
  }
  return next;
}
