-- Up Migration

create table games (
  -- The slug is the id: it stands in URLs and on profiles, and is never given to another game.
  game_id text primary key,
  name jsonb not null,
  aliases text[] not null,
  release_year integer,
  genres text[] not null,
  platforms text[] not null,
  modes text[] not null,
  max_party_size integer,
  popularity integer not null check (popularity between 0 and 1000000),
  -- Ranks, the lowest first.
  ladder jsonb not null,
  roles jsonb not null,
  steam_app_id integer,
  -- Set when staff wrote the game: the shipped catalogue leaves it alone from then on.
  edited_at timestamptz(3)
);

create table genres (
  genre_id text primary key,
  name jsonb not null,
  edited_at timestamptz(3)
);

-- One row: which shipped catalogue was loaded last.
create table catalogue_loads (
  is_only_row boolean primary key default true check (is_only_row),
  files_hash text not null
);
insert into catalogue_loads (files_hash) values ('');
