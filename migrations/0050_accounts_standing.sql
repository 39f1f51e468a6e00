-- Up Migration

-- What a sanction takes from an account until a moment; past ones count no more. Without end: the year 9999.
alter table accounts
  add column suspended_until timestamptz(3),
  add column muted_until timestamptz(3),
  add column hidden_until timestamptz(3);

-- How many people were here lately, and how many came.
create index accounts_seen on accounts (last_active_at);

-- Opened by a suspended or banned person to read why, appeal, and take or delete what is theirs; good for nothing else.
alter table sessions add column is_for_appeal boolean not null default false;
