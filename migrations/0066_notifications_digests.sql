-- Up Migration

alter table notification_settings add column are_digests_on boolean not null default true;

-- People without a device for whom something came while they were away: one letter is due, at most one a day.
create table digests (
  account_id uuid primary key references accounts on delete cascade,
  -- When the first of what the letter is to tell of came.
  since timestamptz(3) not null,
  -- Null while nothing waits.
  due_at timestamptz(3),
  sent_at timestamptz(3)
);
create index digests_due on digests (due_at) where due_at is not null;
