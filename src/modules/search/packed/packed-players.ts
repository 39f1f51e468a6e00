import { defaultActiveWithinDays } from '../score/filters.ts';
import { ratingHundredths } from '../score/may-meet.ts';
import { type PlayShare, shareOf, weighGames } from '../score/play-shares.ts';
import type { SearchPlayer } from '../score/player.ts';
import { type Candidate, candidateOf } from '../score/score.ts';
import { rankStep } from '../score/skill.ts';
import { dayOf, daysSince, standingOf, standingSteps } from '../score/standing.ts';
import type { RankingWeights } from '../score/weights.ts';
import { type AccountKey, accountIdOf, accountKeyOf } from './account-keys.ts';
import { Blocks } from './blocks.ts';
import { genreWords, HotMemory, weekWords } from './hot-memory.ts';
import {
  blockBits,
  blockSize,
  fiveMost,
  mostGames,
  mostLanguageSets,
  mostTraits,
  nobodyTraits,
  packWord,
  rankMask,
  rowRankShift,
  rowShareShift,
  shareMask,
  traitsShift,
} from './layout.ts';
import { PlayerRows, type RowsDump, reordered, rowFlags } from './player-rows.ts';
import { sortedOrder } from './sorted-order.ts';
import { TraitDictionary, type TraitDump } from './trait-dictionary.ts';
import { SetDictionary, WordDictionary } from './word-dictionary.ts';

const dayMs = 86_400_000;

/** How many different values the packed form has numbers for. Players with others are kept whole and looked at one by one. */
export interface PackedLimits {
  readonly languageSets: number;
  readonly traits: number;
  readonly genres: number;
  readonly games: number;
}

export interface PlayersDump {
  readonly used: number;
  readonly free: readonly number[];
  readonly unsorted: number;
  readonly today: number;
  readonly languageSets: readonly (readonly string[])[];
  readonly traits: TraitDump;
  readonly genres: readonly string[];
  readonly games: readonly string[];
  readonly ladderSizes: readonly (number | undefined)[];
  readonly odd: ReadonlyMap<number, Candidate>;
  readonly rows: RowsDump;
  readonly words: Uint32Array;
  readonly weeks: Uint32Array;
  readonly genreBits: Uint32Array;
}

export const packedLimits: PackedLimits = {
  languageSets: mostLanguageSets - 1,
  traits: mostTraits - 1,
  genres: genreWords * 32,
  games: mostGames,
};

export const oddLanguageSet = mostLanguageSets - 1;
export const oddTraits = mostTraits - 1;

/** The players in packed form: who is where, and how a player is packed and unpacked. */
export class PackedPlayers {
  readonly hot = new HotMemory();
  readonly rows = new PlayerRows();
  readonly blocks = new Blocks(this.hot);
  readonly languageSets: SetDictionary;
  readonly traits: TraitDictionary;
  readonly genres: WordDictionary;
  readonly games: WordDictionary;
  /** By game; everybody of one game stands on the same ladder. */
  readonly ladderSizes: (number | undefined)[] = [];
  /** Players whom the dictionaries have no room for, by place. */
  readonly odd = new Map<number, Candidate>();
  /** Rows ever taken; those given back are in `#free`. */
  used = 0;
  #free: number[] = [];
  /** Rows that stand out of the document order. */
  #unsorted = 0;
  #today = 0;
  readonly #weights: RankingWeights;

  constructor(weights: RankingWeights, limits: PackedLimits) {
    this.#weights = weights;
    this.languageSets = new SetDictionary(limits.languageSets);
    this.traits = new TraitDictionary(limits.traits);
    this.genres = new WordDictionary(limits.genres);
    this.games = new WordDictionary(limits.games);
  }

  get size(): number {
    return this.rows.accounts.size;
  }

  placeOf(accountId: string): number | undefined {
    const key = accountKeyOf(accountId);
    return key === undefined ? undefined : this.rows.accounts.find(key);
  }

  upsert(player: SearchPlayer): void {
    const key = accountKeyOf(player.accountId);
    if (key === undefined) throw new TypeError(`not a UUID in small letters: ${player.accountId}`);
    const place = this.rows.accounts.find(key) ?? this.#newRow(key);
    const wasShown = this.isShown(place);
    const { hasChanged, fits } = this.#packGames(place, player);
    this.#packRow(place, player, fits);
    if (hasChanged || wasShown !== this.isShown(place)) this.blocks.markStale(place >>> blockBits);
  }

  remove(accountId: string): void {
    const key = accountKeyOf(accountId);
    const place = key === undefined ? undefined : this.rows.accounts.find(key);
    if (key === undefined || place === undefined) return;
    this.rows.accounts.delete(key);
    this.rows.flags[place] = 0;
    this.rows.addGames(place, []);
    this.odd.delete(place);
    this.hot.words[place] = 0;
    this.blocks.markStale(place >>> blockBits);
    this.#free.push(place);
  }

  setOnline(accountId: string, isOnline: boolean): void {
    const place = this.placeOf(accountId);
    if (place === undefined) return;
    const { flags } = this.rows;
    const isSeen = isOnline && (flags[place]! & rowFlags.showsPresence) !== 0;
    flags[place] = (flags[place]! & ~rowFlags.online) | (isSeen ? rowFlags.online : 0);
    const whole = this.odd.get(place);
    if (whole) this.odd.set(place, { ...whole, player: { ...whole.player, isOnline: isSeen } });
  }

  /** False for empty rows and people not to be found. */
  isShown(place: number): boolean {
    return (this.hot.words[place] ?? 0) >>> traitsShift !== nobodyTraits;
  }

  /** Standing is as of a day: on another day every word is written anew, in a few hundredths of a second a million. */
  turnTo(today: number): void {
    if (today === this.#today) return;
    this.#today = today;
    for (let place = 0; place < this.used; place += 1) {
      const word = this.hot.words[place] ?? 0;
      const traits = word >>> traitsShift;
      if (traits !== nobodyTraits) this.#setWord(place, word & (mostLanguageSets - 1), traits);
    }
  }

  /** Packs what changed; sorts all anew when too much stands out of order or lies about: about a second a million. */
  tidy(): void {
    if (this.#unsorted > this.used / 8 || this.rows.gamesLost > this.rows.gamesUsed / 4) this.#sort();
    this.packStale();
  }

  /** All that cannot be made anew from the rest, as plain data that v8 can serialize. */
  dump(): PlayersDump {
    const { used, hot } = this;
    return {
      used,
      free: this.#free,
      unsorted: this.#unsorted,
      today: this.#today,
      languageSets: this.languageSets.sets,
      traits: this.traits.dump(),
      genres: this.genres.words,
      games: this.games.words,
      ladderSizes: this.ladderSizes,
      odd: this.odd,
      rows: this.rows.dump(used),
      words: hot.words.slice(0, used),
      weeks: hot.weeks.slice(0, used * weekWords),
      genreBits: hot.genres.slice(0, used * genreWords),
    };
  }

  /** Only into an empty index of the same weights and limits. Nobody is online in it: who was, says nothing of now. */
  restore(dump: PlayersDump): void {
    for (const set of dump.languageSets) this.languageSets.idOf(set);
    for (const genre of dump.genres) this.genres.idOf(genre);
    for (const game of dump.games) this.games.idOf(game);
    this.traits.restore(dump.traits);
    this.ladderSizes.push(...dump.ladderSizes);
    for (const [place, { player, played }] of dump.odd) {
      this.odd.set(place, { player: { ...player, isOnline: false }, played });
    }
    this.used = dump.used;
    this.#free = [...dump.free];
    this.#unsorted = dump.unsorted;
    this.#today = dump.today;
    this.rows.reserve(dump.used);
    this.rows.restore(dump.rows);
    for (let place = 0; place < dump.used; place += 1) this.rows.flags[place]! &= ~rowFlags.online;
    this.hot.reserve(this.rows.capacity, 0);
    this.hot.words.set(dump.words);
    this.hot.weeks.set(dump.weeks);
    this.hot.genres.set(dump.genreBits);
    this.blocks.reserve(Math.ceil(this.used / blockSize), this.games.words.length);
    for (let block = 0; block < this.blocks.count; block += 1) this.blocks.markStale(block);
    this.packStale();
  }

  packStale(): void {
    this.blocks.packStale(this.rows, oddTraits);
  }

  /** Does the account in this row come before the other in the order of ids? */
  isBefore(place: number, other: number): boolean {
    const { keys } = this.rows;
    for (let word = 0; word < 4; word += 1) {
      const own = keys[place * 4 + word] ?? 0;
      const others = keys[other * 4 + word] ?? 0;
      if (own !== others) return own < others;
    }
    return false;
  }

  accountIdAt(place: number): string {
    const { keys } = this.rows;
    const at = place * 4;
    return accountIdOf([keys[at] ?? 0, keys[at + 1] ?? 0, keys[at + 2] ?? 0, keys[at + 3] ?? 0]);
  }

  /**
   * The player as the score sees them: days and two places of the rating are all it asks for. Of the games only those
   * in `wanted`, when it is given.
   */
  unpack(place: number, wanted?: ReadonlySet<number>): Candidate {
    const whole = this.odd.get(place);
    if (whole !== undefined) return whole;
    const { rows } = this;
    const word = this.hot.words[place] ?? 0;
    const flags = rows.flags[place] ?? 0;
    const week = this.hot.weeks.subarray(place * weekWords, (place + 1) * weekWords);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = week;
    return {
      player: {
        ...this.traits.traitsOf(word >>> traitsShift),
        accountId: this.accountIdAt(place),
        genres: this.#unpackGenres(place),
        languages: this.languageSets.sets[word & (mostLanguageSets - 1)] ?? [],
        ...(f >>> 31 === 1 ? {} : { availability: [a, b, c, d, e, f] as const }),
        ratingMean: (rows.ratings[place] ?? 0) / 100,
        ratingCount: (flags & rowFlags.rated) === 0 ? 0 : 1,
        activeAt: (rows.activeDays[place] ?? 0) * dayMs,
        createdAt: (rows.createdDays[place] ?? 0) * dayMs,
        isOnline: (flags & rowFlags.online) !== 0,
        showsPresence: (flags & rowFlags.showsPresence) !== 0,
        unansweredRequests: rows.requests[place] ?? 0,
        isFindable: true,
      },
      played: this.#unpackGames(place, wanted),
    };
  }

  #newRow(key: AccountKey): number {
    const place = this.#free.pop() ?? this.used;
    if (place === this.used) {
      if (this.used >= this.rows.capacity) {
        const rows = Math.ceil((this.used * 1.125 + 1) / blockSize) * blockSize;
        this.rows.reserve(rows);
        this.hot.reserve(rows, 0);
      }
      this.used += 1;
      this.blocks.reserve(Math.ceil(this.used / blockSize), this.games.words.length);
    }
    this.#unsorted += 1;
    for (let word = 0; word < 4; word += 1) this.rows.keys[place * 4 + word] = key[word]!;
    this.rows.accounts.insert(place);
    return place;
  }

  #packGames(place: number, player: SearchPlayer): { hasChanged: boolean; fits: boolean } {
    const packed: number[] = [];
    const { sorted, weights, sum } = weighGames(player.games);
    for (let index = 0; index < sorted.length; index += 1) {
      const { gameSlug, rankIndex, ladderSize } = sorted[index]!;
      const game = this.games.idOf(gameSlug);
      if (game === undefined) continue;
      if (ladderSize !== undefined) this.ladderSizes[game] = ladderSize;
      const share = shareOf(weights[index]!, sum);
      packed.push((game | (share << rowShareShift) | (rankStep(rankIndex, ladderSize) << rowRankShift)) >>> 0);
    }
    const fits = packed.length === sorted.length;
    const known = this.rows.gamesOf(place);
    if (known.length === packed.length && packed.every((entry, index) => entry === known[index])) {
      return { hasChanged: false, fits };
    }
    this.blocks.reserve(this.blocks.count, this.games.words.length);
    this.rows.addGames(place, packed);
    return { hasChanged: true, fits };
  }

  #packRow(place: number, player: SearchPlayer, gamesFit: boolean): void {
    const { rows } = this;
    const week = player.availability ?? unknownWeek;
    for (let word = 0; word < weekWords; word += 1) this.hot.weeks[place * weekWords + word] = week[word]!;
    rows.activeDays[place] = dayColumn(player.activeAt);
    rows.createdDays[place] = dayColumn(player.createdAt);
    rows.ratings[place] = ratingHundredths(player.ratingMean);
    rows.requests[place] = Math.min(255, player.unansweredRequests);
    rows.flags[place] =
      rowFlags.taken |
      (player.isOnline ? rowFlags.online : 0) |
      (player.ratingCount > 0 ? rowFlags.rated : 0) |
      (player.showsPresence ? rowFlags.showsPresence : 0);
    const fits = this.#packGenres(place, player.genres) && gamesFit;
    this.odd.delete(place);
    if (!player.isFindable || player.ageBand === undefined) {
      this.hot.words[place] = 0;
      return;
    }
    const languageSet = this.languageSets.idOf(player.languages);
    const traits = this.traits.idOf(player);
    if (fits && languageSet !== undefined && traits !== undefined) this.#setWord(place, languageSet, traits);
    else {
      this.odd.set(place, candidateOf(player));
      this.#setWord(place, oddLanguageSet, oddTraits);
    }
  }

  /** False when one of them has no number. */
  #packGenres(place: number, genres: readonly string[]): boolean {
    const at = place * genreWords;
    this.hot.genres.fill(0, at, at + genreWords);
    let fits = true;
    for (const genreSlug of genres) {
      const genre = this.genres.idOf(genreSlug);
      if (genre === undefined) fits = false;
      else this.hot.genres[at + (genre >>> 5)] = (this.hot.genres[at + (genre >>> 5)] ?? 0) | (1 << (genre & 31));
    }
    return fits;
  }

  #setWord(place: number, languageSet: number, traits: number): void {
    const { rows } = this;
    const activeAt = (rows.activeDays[place] ?? 0) * dayMs;
    const facts = {
      ratingMean: (rows.ratings[place] ?? 0) / 100,
      activeAt,
      showsPresence: ((rows.flags[place] ?? 0) & rowFlags.showsPresence) !== 0,
      createdAt: (rows.createdDays[place] ?? 0) * dayMs,
      unansweredRequests: rows.requests[place] ?? 0,
    };
    const standing = standingSteps(standingOf(facts, this.#today, this.#weights));
    const isInactive = daysSince(activeAt, this.#today) > defaultActiveWithinDays;
    const word = packWord(languageSet, standing, isInactive, traits);
    this.hot.words[place] = word;
    this.blocks.cover(place, word, traits === oddTraits);
  }

  #unpackGenres(place: number): string[] {
    const genres: string[] = [];
    for (let word = 0; word < genreWords; word += 1) {
      for (let bits = this.hot.genres[place * genreWords + word]!; bits !== 0; bits &= bits - 1) {
        genres.push(this.genres.words[word * 32 + 31 - Math.clz32(bits & -bits)] ?? '');
      }
    }
    return genres;
  }

  #unpackGames(place: number, wanted: ReadonlySet<number> | undefined): Map<string, PlayShare> {
    const played = new Map<string, PlayShare>();
    for (const [index, entry] of this.rows.gamesOf(place).entries()) {
      const game = entry & 0xffff;
      if (wanted !== undefined && !wanted.has(game)) continue;
      const gameSlug = this.games.words[game] ?? '';
      const share = (entry >>> rowShareShift) & shareMask;
      played.set(gameSlug, {
        gameSlug,
        share,
        rankStep: (entry >>> rowRankShift) & rankMask,
        ladderSize: this.ladderSizes[game],
        isAmongFive: index < fiveMost && share > 0,
      });
    }
    return played;
  }

  /** Before the first search nobody told the day; the newest activity is near enough to sort by. */
  #latestDay(): number {
    return this.rows.activeDays.subarray(0, this.used).reduce((latest, day) => Math.max(latest, day), 0);
  }

  #renumberTraits(): void {
    const { words } = this.hot;
    const isUsed = new Uint8Array(mostTraits);
    for (let place = 0; place < this.used; place += 1) isUsed[words[place]! >>> traitsShift] = 1;
    const newIds = this.traits.renumber(isUsed);
    for (let place = 0; place < this.used; place += 1) {
      const word = words[place]!;
      words[place] = ((word & (2 ** traitsShift - 1)) | (newIds[word >>> traitsShift]! << traitsShift)) >>> 0;
    }
  }

  #sort(): void {
    if (this.#today === 0) this.turnTo(this.#latestDay());
    this.#renumberTraits();
    const order = sortedOrder(this.hot.words, this.rows, this.used);
    const rows = Math.ceil((order.length + order.length / 64) / blockSize) * blockSize;
    const { hot } = this;
    const count = order.length;
    const words = reordered(hot.words, new Uint32Array(count), 1, order);
    const weeks = reordered(hot.weeks, new Uint32Array(count * weekWords), weekWords, order);
    const genres = reordered(hot.genres, new Uint32Array(count * genreWords), genreWords, order);
    const odd = [...this.odd];
    this.rows.reorder(order, rows);
    hot.words.fill(0);
    hot.reserve(rows, 0);
    hot.words.set(words);
    hot.weeks.set(weeks);
    hot.genres.set(genres);
    const newPlaces = new Map(odd.length === 0 ? [] : [...order.entries()].map(([place, old]) => [old, place]));
    this.odd.clear();
    for (const [old, candidate] of odd) this.odd.set(newPlaces.get(old) ?? 0, candidate);
    this.used = order.length;
    this.#free = [];
    this.#unsorted = 0;
    this.blocks.clear();
    this.blocks.reserve(Math.ceil(this.used / blockSize), this.games.words.length);
    for (let block = 0; block < this.blocks.count; block += 1) this.blocks.markStale(block);
  }
}

/** See `HotMemory.weeks`. */
const unknownWeek = [0, 0, 0, 0, 0, 2 ** 31];

function dayColumn(atMs: number): number {
  return Math.min(0xffff, Math.max(0, dayOf(atMs)));
}
