-- Up Migration

create table ratings (
  rating_id uuid primary key,
  rater_id uuid not null references accounts,
  rated_id uuid not null references accounts,
  play integer not null check (play between 1 and 5),
  communication integer not null check (communication between 1 and 5),
  reliability integer not null check (reliability between 1 and 5),
  friendliness integer not null check (friendliness between 1 and 5),
  tags text[] not null,
  -- The party in which they played, if that is what allowed the rating: its members count as one voice.
  party_id uuid,
  given_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  -- From when it is shown and counted: seven days after it was given, or once the other has given theirs.
  revealed_at timestamptz(3) not null,
  removed_at timestamptz(3),
  unique (rater_id, rated_id),
  check (rater_id <> rated_id)
);
create index ratings_rated on ratings (rated_id, rating_id);
create index ratings_revealed on ratings (revealed_at);

-- How far a rater agrees with others, 0..1, worked out once a day; who is not here has nothing to compare yet.
create table rater_agreements (
  account_id uuid primary key references accounts,
  agreement real not null check (agreement between 0 and 1)
);

-- One row: up to which moment ratings that became visible by time have been counted, and when all were counted anew.
create table rating_clock (
  is_only_row boolean primary key default true check (is_only_row),
  counted_until timestamptz(3) not null,
  recounted_at timestamptz(3) not null
);
insert into rating_clock (counted_until, recounted_at) values ('2000-01-01', '2000-01-01');
