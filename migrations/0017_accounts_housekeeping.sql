-- Up Migration

-- By these the hourly cleaning finds what has had its time.
create index sessions_end on sessions (least(ended_at, expires_at));
create index account_codes_age on account_codes (day_started_at);
create index saved_codes_used on saved_codes (used_at) where used_at is not null;
