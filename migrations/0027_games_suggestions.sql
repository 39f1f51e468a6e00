-- Up Migration

-- Games that people miss in the catalogue.
create table game_suggestions (
  suggestion_id uuid primary key,
  -- As the first who missed it wrote it.
  name text not null,
  -- The same without case, accents, spaces and punctuation.
  name_key text not null,
  state text not null default 'pending' check (state in ('pending', 'accepted', 'declined')),
  -- How many people miss it.
  supporter_count integer not null default 0,
  -- What it was accepted as.
  game_id text,
  -- Why it was declined, for those who suggested it.
  reason text,
  created_at timestamptz(3) not null,
  decided_at timestamptz(3)
);
create unique index game_suggestions_pending on game_suggestions (name_key) where state = 'pending';
create index game_suggestions_queue on game_suggestions (state, supporter_count desc, suggestion_id);

create table game_suggesters (
  suggestion_id uuid not null references game_suggestions on delete cascade,
  account_id uuid not null references accounts,
  name text not null,
  comment text,
  platforms text[] not null,
  suggested_at timestamptz(3) not null,
  primary key (suggestion_id, account_id)
);
create index game_suggesters_account on game_suggesters (account_id, suggestion_id);
