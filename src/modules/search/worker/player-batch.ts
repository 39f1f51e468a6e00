import { noWishes, type SearchGame, type SearchPlayer, type WeekHours, type Wishes } from '../score/player.ts';

/**
 * Players on their way to the thread: each word once, and all else as numbers. Cloning the players as they are would cost as
 * much as all the rest of filling the index.
 */
export type PlayerBatch = {
  readonly accountIds: readonly string[];
  readonly words: readonly string[];
  readonly numbers: Float64Array;
};

const flag = { acceptsCrossplay: 1, isOnline: 2, isFindable: 4, hasHours: 8, hasWishes: 16, showsPresence: 32 };

export function packBatch(players: readonly SearchPlayer[]): PlayerBatch {
  const writer = new BatchWriter();
  for (const player of players) writePlayer(writer, player);
  return {
    accountIds: players.map(({ accountId }) => accountId),
    words: [...writer.places.keys()],
    numbers: new Float64Array(writer.numbers),
  };
}

export function unpackBatch({ accountIds, words, numbers }: PlayerBatch): SearchPlayer[] {
  const reader = new BatchReader(words, numbers);
  return accountIds.map((accountId) => readPlayer(reader, accountId));
}

function writePlayer(to: BatchWriter, player: SearchPlayer): void {
  const { availability, wishes, games } = player;
  const hasWishes = wishes !== noWishes;
  to.number(
    (player.acceptsCrossplay ? flag.acceptsCrossplay : 0) |
      (player.isOnline ? flag.isOnline : 0) |
      (player.isFindable ? flag.isFindable : 0) |
      (availability ? flag.hasHours : 0) |
      (hasWishes ? flag.hasWishes : 0) |
      (player.showsPresence ? flag.showsPresence : 0),
  );
  to.word(player.region);
  to.word(player.voice);
  to.word(player.playStyle);
  to.word(player.ageBand);
  to.list(player.languages);
  to.list(player.platforms);
  to.list(player.genres);
  to.number(player.ratingMean);
  to.number(player.ratingCount);
  to.number(player.activeAt);
  to.number(player.createdAt);
  to.number(player.unansweredRequests);
  for (const word of availability ?? []) to.number(word);
  if (hasWishes) writeWishes(to, wishes);
  to.number(games.length);
  for (const { gameSlug, level, hoursPlayed, rankIndex, ladderSize } of games) {
    to.word(gameSlug);
    to.word(level);
    to.number(hoursPlayed);
    to.number(rankIndex);
    to.number(ladderSize);
  }
}

function readPlayer(from: BatchReader, accountId: string): SearchPlayer {
  const flags = from.number() ?? 0;
  const region = from.word();
  const voice = from.word() as SearchPlayer['voice'];
  const playStyle = from.word() as SearchPlayer['playStyle'];
  const ageBand = from.word() as SearchPlayer['ageBand'];
  return {
    accountId,
    acceptsCrossplay: (flags & flag.acceptsCrossplay) !== 0,
    isOnline: (flags & flag.isOnline) !== 0,
    showsPresence: (flags & flag.showsPresence) !== 0,
    isFindable: (flags & flag.isFindable) !== 0,
    ...(region !== undefined && { region }),
    ...(voice !== undefined && { voice }),
    ...(playStyle !== undefined && { playStyle }),
    ...(ageBand !== undefined && { ageBand }),
    languages: from.list(),
    platforms: from.list(),
    genres: from.list(),
    ratingMean: from.number() ?? 0,
    ratingCount: from.number() ?? 0,
    activeAt: from.number() ?? 0,
    createdAt: from.number() ?? 0,
    unansweredRequests: from.number() ?? 0,
    ...((flags & flag.hasHours) !== 0 && { availability: readHours(from) }),
    wishes: (flags & flag.hasWishes) === 0 ? noWishes : readWishes(from),
    games: readGames(from),
  };
}

function readHours(from: BatchReader): WeekHours {
  const word = () => from.number() ?? 0;
  return [word(), word(), word(), word(), word(), word()];
}

function readGames(from: BatchReader): SearchGame[] {
  const games: SearchGame[] = [];
  for (let left = from.number() ?? 0; left > 0; left -= 1) {
    const game: Mutable<SearchGame> = { gameSlug: from.word() ?? '', level: from.word() as SearchGame['level'] };
    const hoursPlayed = from.number();
    const rankIndex = from.number();
    const ladderSize = from.number();
    // Spreading what there is would take twice as long as reading the player.
    if (hoursPlayed !== undefined) game.hoursPlayed = hoursPlayed;
    if (rankIndex !== undefined) game.rankIndex = rankIndex;
    if (ladderSize !== undefined) game.ladderSize = ladderSize;
    games.push(game);
  }
  return games;
}

function writeWishes(to: BatchWriter, { languages, platforms, ageBands, voice, minRating }: Wishes): void {
  to.list(languages);
  to.list(platforms);
  to.list(ageBands);
  to.word(voice);
  to.number(minRating);
}

function readWishes(from: BatchReader): Wishes {
  const [languages, platforms, ageBands] = [from.list(), from.list(), from.list() as Wishes['ageBands']];
  const voice = from.word() as Wishes['voice'];
  const minRating = from.number();
  return {
    languages,
    platforms,
    ageBands,
    ...(voice !== undefined && { voice }),
    ...(minRating !== undefined && { minRating }),
  };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A number that is absent is NaN; a word that is absent is 0, others come by their place, from 1. */
class BatchWriter {
  readonly places = new Map<string, number>();
  readonly numbers: number[] = [];

  number(value: number | undefined): void {
    this.numbers.push(value ?? Number.NaN);
  }

  word(value: string | undefined): void {
    if (value === undefined) {
      this.numbers.push(0);
      return;
    }
    let place = this.places.get(value);
    if (place === undefined) {
      place = this.places.size + 1;
      this.places.set(value, place);
    }
    this.numbers.push(place);
  }

  list(values: readonly string[]): void {
    this.numbers.push(values.length);
    for (const value of values) this.word(value);
  }
}

class BatchReader {
  readonly #words: readonly string[];
  readonly #numbers: Float64Array;
  #at = 0;

  constructor(words: readonly string[], numbers: Float64Array) {
    this.#words = words;
    this.#numbers = numbers;
  }

  number(): number | undefined {
    const value = this.#numbers[this.#at];
    this.#at += 1;
    return Number.isNaN(value) ? undefined : value;
  }

  word(): string | undefined {
    return this.#words[(this.number() ?? 0) - 1];
  }

  list(): string[] {
    const values: string[] = [];
    for (let left = this.number() ?? 0; left > 0; left -= 1) values.push(this.word() ?? '');
    return values;
  }
}
