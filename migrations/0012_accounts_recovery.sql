-- Up Migration

-- A new address that waits for its code; the account keeps the old one until then.
alter table accounts add column pending_email text;

-- The newest code of an account for a purpose: there is never another. Counted per account, whatever the address.
create table account_codes (
  account_id uuid not null references accounts on delete cascade,
  purpose text not null check (purpose in ('verify_email', 'recovery')),
  -- Where the code went.
  email text not null,
  -- Gone once used or void. The code is short, so it is kept like a password.
  code_hash text,
  -- Of the long token in the link, where the mail has one.
  link_hash bytea unique,
  -- The session that asked.
  session_id uuid,
  tries integer not null default 0,
  issued_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  day_started_at timestamptz(3) not null,
  issued_that_day integer not null default 1,
  primary key (account_id, purpose)
);

-- Codes that a person keeps for the day when the mailbox or the second factor is lost. 120 bits each, hence a plain hash.
create table saved_codes (
  account_id uuid not null references accounts on delete cascade,
  purpose text not null check (purpose in ('recovery', 'totp')),
  code_hash bytea not null,
  created_at timestamptz(3) not null,
  used_at timestamptz(3),
  primary key (account_id, purpose, code_hash)
);

-- A recovery that staff began for somebody who lost the mailbox. It takes effect at `due_at` unless the owner objects.
create table assisted_recoveries (
  account_id uuid primary key references accounts on delete cascade,
  email text not null,
  started_by uuid not null,
  reason text not null,
  started_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  -- When the code went to the new address.
  code_sent_at timestamptz(3)
);

-- Sign-ins that failed in a row, by account, or by what was typed where there is no such account: both look the same.
create table sign_in_failures (
  subject_hash bytea primary key,
  failures integer not null,
  last_failed_at timestamptz(3) not null,
  locked_until timestamptz(3)
);
create index sign_in_failures_age on sign_in_failures (last_failed_at);
