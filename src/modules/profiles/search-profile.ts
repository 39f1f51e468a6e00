import type { AccountFacts, AgeBand } from '#modules/accounts/index.ts';
import type { Games } from '#modules/games/index.ts';
import { type WeekHours, weekHours } from './availability.ts';
import { LEAST_RATINGS_SHOWN } from './card-policy.ts';
import type { ProfileWishes, playLevels, playStyles, voices } from './schemas.ts';
import type { SearchedGameRow, SearchedProfileRow } from './tables.ts';
import { baseLanguage } from './world.ts';

/** What somebody counts as whom too few have rated: the middle of the scale's better half. */
export const RATING_PRIOR_MEAN = 3.5;

/** A player as the search needs them. */
export type SearchProfile = {
  accountId: string;
  games: readonly SearchProfileGame[];
  genres: readonly string[];
  /** Base subtags of BCP 47: `pt` for `pt-BR`. */
  languages: readonly string[];
  region?: string;
  platforms: readonly string[];
  acceptsCrossplay: boolean;
  voice?: (typeof voices)[number];
  playStyle?: (typeof playStyles)[number];
  /** Absent unless both hours and time zone are given. */
  availability?: WeekHours;
  ageBand: AgeBand;
  /** 1..5; the prior as long as the card shows no rating, so that an order or a filter tells no more than the card. */
  ratingMean: number;
  ratingCount: number;
  lastActiveAt: Date;
  createdAt: Date;
  /** False: in nobody's list at this moment. */
  isFindable: boolean;
  /** Whether strangers may know that the person is online. */
  showsPresence: boolean;
  wishes: ProfileWishes;
  /** Findable again from then on, when a vacation is what hides them. */
  vacationUntil?: Date;
};

export type SearchProfileGame = {
  gameSlug: string;
  level: (typeof playLevels)[number];
  hoursPlayed?: number;
  /** Place on the ladder, 0 the lowest; only together with `ladderSize`. */
  rankIndex?: number;
  ladderSize?: number;
};

type SearchedPerson = {
  account: AccountFacts;
  profile: SearchedProfileRow;
  games: readonly SearchedGameRow[];
};

export function presentSearchProfile(
  { account, profile, games }: SearchedPerson,
  catalogue: Pick<Games, 'getGame'>,
  now: Date,
): SearchProfile {
  const { rating_mean: mean, rating_count: count, vacation_until: vacationUntil, time_zone: timeZone } = profile;
  const isRated = mean !== null && count >= LEAST_RATINGS_SHOWN;
  return {
    accountId: account.accountId,
    games: games.map((game) => presentSearchGame(game, catalogue)),
    genres: profile.genres,
    languages: [...new Set(profile.languages.map(baseLanguage))],
    ...(profile.region !== null && { region: profile.region }),
    platforms: profile.platforms,
    acceptsCrossplay: profile.accepts_crossplay,
    ...(profile.voice !== null && { voice: profile.voice }),
    ...(profile.play_style !== null && { playStyle: profile.play_style }),
    ...(timeZone !== null &&
      profile.availability.length > 0 && { availability: weekHours(profile.availability, timeZone, now) }),
    ageBand: account.ageBand,
    ratingMean: isRated ? mean : RATING_PRIOR_MEAN,
    ratingCount: isRated ? count : 0,
    lastActiveAt: account.lastActiveAt,
    createdAt: account.createdAt,
    isFindable: isFindable(account, profile, now),
    showsPresence: profile.presence_visibility === 'everyone',
    wishes: profile.wishes,
    ...(vacationUntil !== null && vacationUntil > now && { vacationUntil }),
  };
}

/** Whether the person is in anybody's list at this moment. */
export const isFindable = (
  { isActive, isHidden, role }: AccountFacts,
  profile: Pick<SearchedProfileRow, 'is_discoverable' | 'vacation_until'>,
  now: Date,
): boolean =>
  isActive &&
  !isHidden &&
  role !== 'guest' &&
  profile.is_discoverable &&
  (profile.vacation_until === null || profile.vacation_until <= now);

function presentSearchGame(
  { game_id, level, hours_played, rank }: SearchedGameRow,
  catalogue: Pick<Games, 'getGame'>,
): SearchProfileGame {
  const ladder = rank === null ? [] : (catalogue.getGame(game_id)?.ladder ?? []);
  const rankIndex = ladder.findIndex(({ slug }) => slug === rank);
  return {
    gameSlug: game_id,
    level,
    ...(hours_played !== null && { hoursPlayed: hours_played }),
    ...(rankIndex >= 0 && { rankIndex, ladderSize: ladder.length }),
  };
}
