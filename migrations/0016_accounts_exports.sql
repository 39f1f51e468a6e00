-- Up Migration

-- The one archive of everything held about a person that is being made or lies ready, and how many were asked for that day.
create table account_exports (
  account_id uuid primary key references accounts on delete cascade,
  export_id uuid not null unique,
  state text not null check (state in ('preparing', 'ready')),
  requested_at timestamptz(3) not null,
  -- The parts of the archive lie in the store under this key.
  folder text,
  part_count integer,
  size_bytes bigint,
  expires_at timestamptz(3),
  day_started_at timestamptz(3) not null,
  requested_that_day integer not null default 1,
  check ((state = 'ready') = (folder is not null and part_count is not null and size_bytes is not null and expires_at is not null))
);
create index account_exports_expiry on account_exports (expires_at) where state = 'ready';
