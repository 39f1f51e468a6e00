-- Up Migration

create table accounts (
  account_id uuid primary key,
  username text not null,
  -- The username with case folded: what must be unique.
  username_key text not null unique,
  -- An address may stand on several accounts; it counts as somebody's only once verified.
  email text,
  email_key text,
  email_verified_at timestamptz(3),
  password_hash text,
  role text not null check (role in ('guest', 'user', 'moderator', 'admin')),
  state text not null default 'active' check (state in ('active', 'suspended', 'banned', 'deleted')),
  age_band text not null check (age_band in ('13_15', '16_17', '18_plus')),
  locale text not null check (locale in ('en', 'ru')),
  accepted_terms text not null,
  created_at timestamptz(3) not null,
  last_active_at timestamptz(3) not null
);
create index accounts_email on accounts (email_key);

create table sessions (
  session_id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  refresh_token_hash bytea not null unique,
  device_name text,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3)
);
create index sessions_account on sessions (account_id);
