/**
 * A player as the search sees them: a copy of what profiles, ratings and requests know, nothing more.
 * Words (slugs, tags) are compared as they are; whoever fills the index has checked them.
 */
export interface SearchPlayer {
  /** UUIDv7; also breaks ties between equal scores, smaller first. */
  readonly accountId: string;
  readonly games: readonly SearchGame[];
  /** Genre slugs. */
  readonly genres: readonly string[];
  /** BCP 47 base subtags, such as `ru`. */
  readonly languages: readonly string[];
  readonly region?: string;
  readonly platforms: readonly string[];
  /** Ready to play with people on another platform; two such players need no platform in common. */
  readonly acceptsCrossplay: boolean;
  readonly voice?: Voice;
  readonly playStyle?: PlayStyle;
  /** Absent when the player named no hours. */
  readonly availability?: WeekHours;
  /** Absent for guests, whose age is not known: they see adults only and nobody sees them. */
  readonly ageBand?: AgeBand;
  /** Bayesian mean, 1..5; the prior when nobody has rated yet. */
  readonly ratingMean: number;
  readonly ratingCount: number;
  /** Milliseconds since 1970. */
  readonly activeAt: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** As strangers see it. */
  readonly isOnline: boolean;
  /** False: never online to strangers, whatever `setOnline` says. */
  readonly showsPresence: boolean;
  /** Teammate requests that wait for this player's answer. */
  readonly unansweredRequests: number;
  /** False: never in anybody's list (undiscoverable, on vacation, search-banned, guest). */
  readonly isFindable: boolean;
  readonly wishes: Wishes;
}

export interface SearchGame {
  readonly gameSlug: string;
  readonly level: PlayLevel;
  readonly hoursPlayed?: number;
  /** Place on the game's ladder, 0 the lowest; only together with `ladderSize`. */
  readonly rankIndex?: number;
  readonly ladderSize?: number;
}

/** What another player must be. An empty list asks nothing. Both sides' wishes are hard. */
export interface Wishes {
  readonly languages: readonly string[];
  readonly platforms: readonly string[];
  readonly ageBands: readonly AgeBand[];
  /** `yes`: not somebody who never speaks; `no`: not somebody who always does. */
  readonly voice?: 'yes' | 'no';
  readonly minRating?: number;
}

/** The week in UTC, Monday 00:00 first, one bit an hour: hour h is bit h % 32 of word h >> 5. */
export type WeekHours = readonly [number, number, number, number, number, number];

export const playLevels = ['main', 'often', 'sometimes'] as const;
export type PlayLevel = (typeof playLevels)[number];

export const voices = ['yes', 'no', 'sometimes'] as const;
export type Voice = (typeof voices)[number];

export const playStyles = ['casual', 'competitive'] as const;
export type PlayStyle = (typeof playStyles)[number];

export const ageBands = ['13_15', '16_17', '18_plus'] as const;
export type AgeBand = (typeof ageBands)[number];

export const noWishes: Wishes = { languages: [], platforms: [], ageBands: [] };
