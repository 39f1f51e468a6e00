-- Up Migration

-- An open team. open ⇄ full → started → finished; whatever has not started may be cancelled.
create table parties (
  party_id uuid primary key,
  host_id uuid not null references accounts,
  chat_id uuid not null,
  game_id text not null,
  title text not null,
  note text,
  mode text,
  languages text[] not null,
  platform text,
  region text,
  voice text check (voice in ('yes', 'no', 'sometimes')),
  -- [{ "role"?, "minRank"?, "maxRank"? }]: the places of the team in their order, the host's own among them.
  slots jsonb not null,
  size integer not null,
  member_count integer not null,
  -- Whether the host was an adult: adults and minors have parties of their own.
  is_adult boolean not null,
  state text not null check (state in ('open', 'full', 'started', 'finished', 'cancelled')),
  -- Absent: as soon as it is full.
  starts_at timestamptz(3),
  -- When it starts, expires or ends by itself; absent once it is over.
  due_at timestamptz(3),
  -- When its members are told that it starts soon; absent when there is nothing to tell (any more).
  remind_at timestamptz(3),
  started_at timestamptz(3),
  ended_at timestamptz(3),
  created_at timestamptz(3) not null,
  check ((due_at is null) = (state in ('finished', 'cancelled'))),
  check (member_count <= size)
);
create index parties_open on parties (game_id, due_at) where state = 'open';
create index parties_due on parties (due_at) where due_at is not null;
create index parties_remind on parties (remind_at) where remind_at is not null;
create index parties_host on parties (host_id, party_id);
create index parties_ended on parties (ended_at) where ended_at is not null;

-- Whoever is or was in a party; who came back has one row, of the last time.
create table party_members (
  party_id uuid not null references parties on delete cascade,
  account_id uuid not null references accounts,
  -- Place in `slots`, from 0.
  slot integer not null,
  joined_at timestamptz(3) not null,
  left_at timestamptz(3),
  left_as text check (left_as in ('left', 'removed')),
  primary key (party_id, account_id),
  check ((left_at is null) = (left_as is null))
);
create unique index party_members_slot on party_members (party_id, slot) where left_at is null;
create index party_members_account on party_members (account_id, party_id);

create table party_applications (
  application_id uuid primary key,
  party_id uuid not null references parties on delete cascade,
  applicant_id uuid not null references accounts,
  -- The place that was asked for; absent: any.
  slot integer,
  note text,
  -- The applicant is never shown `declined`: to them it waits until it expires.
  state text not null default 'pending' check (state in ('pending', 'accepted', 'declined', 'withdrawn', 'expired')),
  -- A refused one that was taken back: gone for the applicant, and still a refusal.
  withdrawn_at timestamptz(3),
  created_at timestamptz(3) not null,
  closed_at timestamptz(3)
);
create unique index party_applications_waiting on party_applications (party_id, applicant_id) where state = 'pending';
create index party_applications_party on party_applications (party_id, application_id);
create index party_applications_applicant on party_applications (applicant_id, created_at);
