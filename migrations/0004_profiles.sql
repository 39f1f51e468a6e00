-- Up Migration

-- What a person wrote of himself. Somebody without a row has the defaults: reads never make one.
create table profiles (
  account_id uuid primary key references accounts,
  -- Null: the username.
  display_name text,
  bio text,
  country text,
  region text check (region in (
    'europe', 'cis', 'north_america', 'south_america', 'middle_east', 'africa', 'south_asia', 'east_asia',
    'southeast_asia', 'oceania'
  )),
  time_zone text,
  languages text[] not null default '{}',
  platforms text[] not null default '{}',
  accepts_crossplay boolean not null default true,
  voice text check (voice in ('yes', 'no', 'sometimes')),
  play_style text check (play_style in ('casual', 'competitive')),
  genres text[] not null default '{}',
  -- [{ day, from, to }] in the owner's time zone.
  availability jsonb not null default '[]',
  looking_for text,
  is_discoverable boolean not null default true,
  vacation_until timestamptz(3),
  -- [{ kind, value, visibility }]
  contacts jsonb not null default '[]',
  -- Kept by ratings; null until somebody has rated.
  rating_mean real check (rating_mean between 1 and 5),
  rating_count integer not null default 0,
  -- Counts the owner's changes, of games too: what the ETag shows.
  version integer not null default 0,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);

create table profile_games (
  account_id uuid not null references profiles on delete cascade,
  game_id text not null,
  level text not null check (level in ('main', 'often', 'sometimes')),
  rank text,
  roles text[] not null,
  hours_played integer,
  in_game_name text,
  platform text not null,
  -- The owner's order.
  place integer not null,
  primary key (account_id, game_id)
);
create index profile_games_game on profile_games (game_id);
