-- Up Migration

create table saved_searches (
  saved_search_id uuid primary key,
  account_id uuid not null references accounts,
  name text not null,
  -- As the owner sent them.
  filters jsonb not null,
  -- The games that are asked for; none: any.
  games text[] not null,
  -- Where it stands in the line in which a changed profile meets the saved searches.
  lot real not null default random(),
  created_at timestamptz(3) not null
);
create index saved_searches_owner on saved_searches (account_id, saved_search_id);
create index saved_searches_lot on saved_searches (lot);

-- Who was found for whom in the last 30 days: nobody is told of the same person twice in that time.
create table search_matches (
  account_id uuid not null references accounts,
  match_id uuid not null references accounts,
  saved_search_id uuid references saved_searches on delete set null,
  found_at timestamptz(3) not null,
  -- Null: waits for the morning, or for a day with room.
  announced_at timestamptz(3),
  primary key (account_id, match_id)
);
create index search_matches_match on search_matches (match_id);
create index search_matches_search on search_matches (saved_search_id);
create index search_matches_found on search_matches (found_at);
create index search_matches_waiting on search_matches (account_id, found_at) where announced_at is null;
