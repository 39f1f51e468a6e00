-- Up Migration

create table blocks (
  account_id uuid not null references accounts,
  blocked_id uuid not null references accounts,
  created_at timestamptz(3) not null,
  primary key (account_id, blocked_id),
  check (account_id <> blocked_id)
);
create index blocks_blocked on blocks (blocked_id);

-- "Not this one": out of each other's search, nothing more.
create table hidden_people (
  account_id uuid not null references accounts,
  hidden_id uuid not null references accounts,
  created_at timestamptz(3) not null,
  primary key (account_id, hidden_id),
  check (account_id <> hidden_id)
);
create index hidden_people_hidden on hidden_people (hidden_id);

-- Two rows a pair, one for each side.
create table teammates (
  account_id uuid not null references accounts,
  teammate_id uuid not null references accounts,
  since timestamptz(3) not null,
  primary key (account_id, teammate_id),
  check (account_id <> teammate_id)
);
create index teammates_teammate on teammates (teammate_id);

create table teammate_requests (
  request_id uuid primary key,
  sender_id uuid not null references accounts,
  recipient_id uuid not null references accounts,
  game_id text,
  note text,
  -- The sender is never shown `declined`: to him the request waits until it expires.
  state text not null default 'pending' check (state in ('pending', 'accepted', 'declined', 'withdrawn')),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  closed_at timestamptz(3),
  check (sender_id <> recipient_id)
);
create index teammate_requests_incoming on teammate_requests (recipient_id, request_id) where state = 'pending';
create index teammate_requests_outgoing on teammate_requests (sender_id, request_id);
create index teammate_requests_recipient on teammate_requests (recipient_id, created_at);
create index teammate_requests_pair on teammate_requests (sender_id, recipient_id, created_at);

create table privacy_settings (
  account_id uuid primary key references accounts,
  who_may_write text not null check (who_may_write in ('everyone', 'teammates', 'nobody'))
);
