import { type AgeBand, noWishes, type SearchGame, type SearchPlayer } from '#modules/search/score/player.ts';
import { weekOf } from '#modules/search/score/week-hours.ts';
import { createRandom } from './random.ts';

/** The population of the speed benchmark: person `index` is always the same person. */
export interface SyntheticPopulation {
  player(index: number): SearchPlayer;
}

/** Monday 2026-11-23, 18:00 UTC. */
export const benchNow = Date.UTC(2026, 10, 23, 18);

const dayMs = 86_400_000;
const gameCount = 2000;
/** With eight games a person this puts the first game into about 22 % of the libraries. */
const zipfExponent = 0.68;
const ladderSize = 24;
const levels = ['main', 'often', 'often', 'sometimes'] as const;
const genres = Array.from({ length: 24 }, (_, index) => `genre-${index}`);
const regions = [
  { region: 'cis', weight: 22, utcOffset: 3, languages: ['ru', 'uk', 'kk'] },
  { region: 'western_europe', weight: 22, utcOffset: 1, languages: ['en', 'de', 'fr', 'es', 'it'] },
  { region: 'eastern_europe', weight: 10, utcOffset: 2, languages: ['pl', 'ro', 'cs'] },
  { region: 'north_america', weight: 18, utcOffset: -6, languages: ['en', 'es'] },
  { region: 'south_america', weight: 10, utcOffset: -3, languages: ['pt', 'es'] },
  { region: 'east_asia', weight: 10, utcOffset: 8, languages: ['zh', 'ja', 'ko'] },
  { region: 'south_asia', weight: 5, utcOffset: 5, languages: ['en', 'hi'] },
  { region: 'oceania', weight: 3, utcOffset: 10, languages: ['en'] },
] as const;

export function createPopulation(seed: number): SyntheticPopulation {
  const drawGame = createZipf();
  return {
    player(index) {
      const random = createRandom((seed * 1_000_003 + index * 7919) | 0);
      for (let warm = 0; warm < 3; warm += 1) random();
      const home = drawRegion(random());
      return {
        accountId: accountIdOf(index, random),
        games: drawGames(random, drawGame),
        genres: drawSome(genres, 3, random),
        languages: drawLanguages(home.languages, random),
        region: home.region,
        platforms: drawPlatforms(random),
        acceptsCrossplay: random() < 0.3,
        ...(random() < 0.9 ? { voice: pick(['yes', 'no', 'sometimes'] as const, random) } : {}),
        playStyle: pick(['casual', 'competitive'] as const, random),
        availability: drawWeek(home.utcOffset, random),
        ageBand: drawAge(random()),
        ratingMean: 2.5 + 2.4 * random(),
        ratingCount: Math.floor(20 * random()),
        activeAt: benchNow - (random() < 0.82 ? 30 * random() : 31 + 300 * random()) * dayMs,
        createdAt: benchNow - 900 * random() * dayMs,
        isOnline: random() < 0.05,
        showsPresence: true,
        unansweredRequests: random() < 0.05 ? Math.floor(30 * random()) : 0,
        isFindable: true,
        wishes: random() < 0.9 ? noWishes : { ...noWishes, voice: pick(['yes', 'no'] as const, random) },
      };
    },
  };
}

function createZipf(): (random: number) => number {
  const sums = new Float64Array(gameCount);
  let sum = 0;
  for (let game = 0; game < gameCount; game += 1) {
    sum += 1 / (game + 1) ** zipfExponent;
    sums[game] = sum;
  }
  return (random) => {
    const target = random * sum;
    let low = 0;
    let high = gameCount - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function drawGames(random: () => number, drawGame: (random: number) => number): SearchGame[] {
  const count = 3 + Math.floor(11 * random());
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(drawGame(random()));
  return [...drawn].map((game, place) => ({
    gameSlug: `game-${game}`,
    level: place === 0 ? 'main' : pick(levels, random),
    ...(random() < 0.8 ? { rankIndex: Math.floor(((random() + random()) / 2) * ladderSize), ladderSize } : {}),
  }));
}

function drawRegion(random: number): (typeof regions)[number] {
  let left = random * 100;
  return regions.find(({ weight }) => (left -= weight) < 0) ?? regions[0];
}

function drawLanguages(local: readonly string[], random: () => number): string[] {
  const first = pick(local, random);
  const spoken = new Set([first]);
  if (random() < 0.35) spoken.add('en');
  if (random() < 0.15) spoken.add(pick(local, random));
  return [...spoken];
}

function drawPlatforms(random: () => number): string[] {
  const first = random() < 0.65 ? 'pc' : pick(['playstation', 'xbox', 'switch', 'mobile'], random);
  return random() < 0.25
    ? [...new Set([first, pick(['pc', 'playstation', 'xbox', 'switch', 'mobile'], random)])]
    : [first];
}

/** Evenings of some days, in the hours of the region. */
function drawWeek(utcOffset: number, random: () => number) {
  const hours: number[] = [];
  for (let day = 0; day < 7; day += 1) {
    if (random() < 0.35) continue;
    const from = 16 + Math.floor(5 * random());
    const length = 2 + Math.floor(4 * random());
    for (let hour = from; hour < from + length; hour += 1) hours.push((day * 24 + hour - utcOffset + 168) % 168);
  }
  return weekOf(hours);
}

function drawAge(random: number): AgeBand {
  if (random < 0.85) return '18_plus';
  return random < 0.95 ? '16_17' : '13_15';
}

function drawSome<Word>(words: readonly Word[], count: number, random: () => number): Word[] {
  return [...new Set(Array.from({ length: count }, () => pick(words, random)))];
}

function pick<Word>(words: readonly Word[], random: () => number): Word {
  const word = words[Math.floor(words.length * random())];
  if (word === undefined) throw new RangeError('nothing to pick from');
  return word;
}

/** The shape of a UUIDv7: time first, then chance. */
function accountIdOf(index: number, random: () => number): string {
  const time = (1_700_000_000_000 + index * 37).toString(16).padStart(12, '0');
  const chance = () =>
    Math.floor(65_536 * random())
      .toString(16)
      .padStart(4, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${chance().slice(1)}-8${chance().slice(1)}-${chance()}${chance()}${chance()}`;
}
