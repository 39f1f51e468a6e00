import type { Tx } from '#platform/database.ts';
import { canonicalSlots, type Slot } from '../availability.ts';
import { defaultProfile } from '../default-profile.ts';
import { insertProfiles } from '../queries.ts';
import type { PlayedGameBody } from '../schemas.ts';
import type { ProfileRow } from '../tables.ts';

export type ImportedProfile = {
  accountId: string;
  createdAt: Date;
  displayName?: string;
  bio?: string;
  country?: string;
  region?: NonNullable<ProfileRow['region']>;
  timeZone?: string;
  languages?: string[];
  platforms?: string[];
  acceptsCrossplay?: boolean;
  voice?: NonNullable<ProfileRow['voice']>;
  playStyle?: NonNullable<ProfileRow['play_style']>;
  genres?: string[];
  availability?: Slot[];
  lookingFor?: string;
  rating?: { mean: number; count: number };
  games: (PlayedGameBody & { gameId: string })[];
};

/**
 * The bulk path for demo players and tests: the rows are trusted, nothing is announced; whoever imports tells the
 * listeners. The accounts must exist. People who have a profile keep it.
 */
export function importProfiles(tx: Tx, people: readonly ImportedProfile[]): Promise<void> {
  return insertProfiles(tx, people.map(toProfileRow), people.flatMap(toGameRows));
}

const toProfileRow = (person: ImportedProfile): ProfileRow => ({
  ...defaultProfile(person.accountId, person.createdAt),
  display_name: person.displayName ?? null,
  bio: person.bio ?? null,
  country: person.country ?? null,
  region: person.region ?? null,
  time_zone: person.timeZone ?? null,
  languages: person.languages ?? [],
  platforms: person.platforms ?? [],
  accepts_crossplay: person.acceptsCrossplay ?? true,
  voice: person.voice ?? null,
  play_style: person.playStyle ?? null,
  genres: person.genres ?? [],
  availability: canonicalSlots(person.availability ?? []),
  looking_for: person.lookingFor ?? null,
  rating_mean: person.rating?.mean ?? null,
  rating_count: person.rating?.count ?? 0,
});

const toGameRows = ({ accountId, games }: ImportedProfile) =>
  games.map((game, i) => ({
    account_id: accountId,
    game_id: game.gameId,
    level: game.level,
    rank: game.rank ?? null,
    roles: game.roles ?? [],
    hours_played: game.hoursPlayed ?? null,
    in_game_name: game.inGameName ?? null,
    platform: game.platform,
    place: i + 1,
  }));
