import type { ProfileRow } from './tables.ts';

/** What somebody has who never filled anything in. */
export const defaultProfile = (accountId: string, createdAt: Date): ProfileRow => ({
  account_id: accountId,
  display_name: null,
  avatar_id: null,
  bio: null,
  country: null,
  region: null,
  time_zone: null,
  languages: [],
  platforms: [],
  accepts_crossplay: true,
  voice: null,
  play_style: null,
  genres: [],
  availability: [],
  looking_for: null,
  is_discoverable: true,
  vacation_until: null,
  contacts: [],
  presence_visibility: 'everyone',
  rating_mean: null,
  rating_count: 0,
  version: 0,
  created_at: createdAt,
  updated_at: createdAt,
});
