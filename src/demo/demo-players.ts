import type { ImportedAccount } from '#modules/accounts/index.ts';
import type { Game } from '#modules/games/index.ts';
import { type ImportedProfile, playStyles, voices } from '#modules/profiles/index.ts';
import type { Ids } from '#platform/ids.ts';
import { type Audience, type DemoTexts, makeBio, makeDisplayName, makeUsername } from './demo-texts.ts';
import { createGamePicker } from './game-picker.ts';
import { createRandom, type Random } from './random.ts';

export type DemoPlayer = { account: ImportedAccount; profile: ImportedProfile };

const DAY_MS = 86_400_000;

/**
 * Makes believable players without end: where they live decides names, languages and time zone, what they like decides
 * their games, and habits decide their hours. The same seed and moment give the same players, ids apart.
 */
export function* makeDemoPlayers(
  texts: DemoTexts,
  games: readonly Game[],
  ids: Ids,
  now: Date,
  seed = 1,
): Generator<DemoPlayer, never> {
  const random = createRandom(seed);
  const pickGames = createGamePicker(games);
  const usernames = new Set<string>();
  for (;;) {
    const audience = random.pickWeighted(texts.audiences);
    const account = makeAccount(texts, random, audience, ids, now, usernames);
    yield { account, profile: makeProfile(texts, random, audience, account, pickGames) };
  }
}

function makeAccount(
  texts: DemoTexts,
  random: Random,
  audience: Audience,
  ids: Ids,
  now: Date,
  usernames: Set<string>,
): ImportedAccount {
  const ageDays = random.share() ** 2 * 700;
  const awayDays = Math.min(ageDays, -6 * Math.log(1 - random.share()));
  const band = random.share();
  return {
    accountId: ids.next(),
    username: makeFreeUsername(texts, random, audience, usernames),
    ageBand: band < 0.1 ? '13_15' : band < 0.28 ? '16_17' : '18_plus',
    locale: audience.languages.some(({ tags }) => tags.includes('ru')) ? 'ru' : 'en',
    createdAt: new Date(now.getTime() - ageDays * DAY_MS),
    lastActiveAt: new Date(now.getTime() - awayDays * DAY_MS),
  };
}

const MAX_USERNAME = 24;

function makeFreeUsername(texts: DemoTexts, random: Random, audience: Audience, usernames: Set<string>): string {
  const base = makeUsername(texts, random, random.pickWeighted(audience.namePools).pool).slice(0, MAX_USERNAME - 7);
  let username = base.replace(/(?<!_)_+$/, '');
  while (username.length < 3 || usernames.has(username)) username = `${base}${random.between(2, 999_999)}`;
  usernames.add(username);
  return username;
}

function makeProfile(
  texts: DemoTexts,
  random: Random,
  audience: Audience,
  { accountId, createdAt }: ImportedAccount,
  pickGames: ReturnType<typeof createGamePicker>,
): ImportedProfile {
  const place = random.pickWeighted(audience.places);
  const platforms = makePlatforms(random);
  const { played, genres } = pickGames(random, platforms);
  const firstGame = played[0]?.game.name;
  const gameName = audience.text === 'ru' ? (firstGame?.ru ?? firstGame?.en) : firstGame?.en;
  const bio = gameName === undefined ? undefined : makeBio(texts, random, audience.text, gameName);
  return {
    accountId,
    createdAt,
    displayName: makeDisplayName(texts, random, random.pickWeighted(audience.namePools).pool),
    ...(bio !== undefined && { bio }),
    country: place.country,
    region: place.region,
    timeZone: random.pickWeighted(place.timeZones).name,
    languages: random.pickWeighted(audience.languages).tags,
    platforms,
    acceptsCrossplay: random.isLucky(0.85),
    ...(random.isLucky(0.85) && { voice: random.pick(voices) }),
    ...(random.isLucky(0.8) && { playStyle: random.pick(playStyles) }),
    genres,
    availability: random.isLucky(0.8) ? makeAvailability(random) : [],
    ...(random.isLucky(0.6) && { rating: makeRating(random) }),
    games: played.map(({ body }) => body),
  };
}

const platformSets = [
  { weight: 60, platforms: ['windows'] },
  { weight: 9, platforms: ['windows', 'playstation'] },
  { weight: 4, platforms: ['windows', 'xbox'] },
  { weight: 5, platforms: ['windows', 'android'] },
  { weight: 3, platforms: ['windows', 'ios'] },
  { weight: 3, platforms: ['mac', 'ios'] },
  { weight: 2, platforms: ['linux', 'windows'] },
  { weight: 6, platforms: ['playstation'] },
  { weight: 2, platforms: ['xbox'] },
  { weight: 2, platforms: ['switch'] },
  { weight: 4, platforms: ['android'] },
] as const;

const makePlatforms = (random: Random): string[] => [...random.pickWeighted(platformSets).platforms];

/** Evenings after work or school, longer days at the weekend; some people play at night or by day. */
function makeAvailability(random: Random): NonNullable<ImportedProfile['availability']> {
  const habit = random.pickWeighted(habits);
  const busyDays = new Set(Array.from({ length: random.between(0, 4) }, () => random.between(0, 6)));
  return weekDays.flatMap((day, i) => {
    if (busyDays.has(i)) return [];
    const [from, to] = i >= 5 ? habit.weekend : habit.workday;
    const start = Math.min(22, Math.max(0, from + random.between(-1, 1)));
    const end = Math.min(24, Math.max(start + 1, to + random.between(-1, 1)));
    return [{ day, from: writeHour(start), to: writeHour(end) }];
  });
}

const weekDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const habits = [
  { weight: 60, workday: [19, 23], weekend: [14, 24] },
  { weight: 18, workday: [15, 20], weekend: [11, 20] },
  { weight: 12, workday: [21, 24], weekend: [18, 24] },
  { weight: 6, workday: [10, 16], weekend: [10, 16] },
  { weight: 4, workday: [0, 5], weekend: [0, 6] },
] as const;

const writeHour = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

function makeRating(random: Random): { mean: number; count: number } {
  const mean = Math.min(5, Math.max(1.5, random.normal(4.1, 0.45)));
  return { mean: Math.round(mean * 100) / 100, count: Math.ceil(-8 * Math.log(1 - random.share())) };
}
