-- Up Migration

-- What keeps somebody out need not be endless: a suspension ends, a case is decided. Then the hash goes, too.
alter table banned_identifiers
  drop constraint banned_identifiers_pkey,
  -- Absent in those from before; they stay.
  add account_id uuid references accounts,
  add ends_at timestamptz(3) not null default '9999-12-31T00:00:00Z';
alter table banned_identifiers
  alter ends_at drop default,
  add constraint banned_identifiers_key unique (identifier_hash, account_id);
create index banned_identifiers_account on banned_identifiers (account_id);
create index banned_identifiers_ending on banned_identifiers (ends_at);
