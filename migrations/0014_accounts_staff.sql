-- Up Migration

-- The second factor. The secret is encrypted; `last_step` keeps a code from being used twice.
create table totp (
  account_id uuid primary key references accounts on delete cascade,
  secret bytea not null,
  created_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  last_step bigint not null default 0
);

-- For lists of administrators and the rule that one must remain.
create index accounts_staff on accounts (role) where role in ('moderator', 'admin');

-- When the account will be erased, if its owner does not change their mind.
alter table accounts add column deletion_due_at timestamptz(3);

-- What is left of a banned account after its erasure: keyed hashes of its address and outside identities.
create table banned_identifiers (
  identifier_hash bytea primary key,
  banned_at timestamptz(3) not null
);
