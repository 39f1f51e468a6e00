-- Up Migration

-- Whoever has no row has the defaults.
create table notification_settings (
  account_id uuid primary key references accounts on delete cascade,
  -- What differs from the defaults: { "rating": { "push": false } }.
  kinds jsonb not null default '{}',
  do_mentions_pass_mute boolean not null default true,
  preview text not null default 'full' check (preview in ('full', 'name_only', 'none')),
  is_request_text_shown boolean not null default false,
  -- Minutes after midnight by the clocks of the profile.
  quiet_from smallint check (quiet_from between 0 and 1439),
  quiet_to smallint check (quiet_to between 0 and 1439),
  match_pushes_per_day smallint not null default 3 check (match_pushes_per_day between 0 and 3),
  check ((quiet_from is null) = (quiet_to is null))
);
