-- Up Migration

-- Where pushes go: one device for each signed-in session, and each token at Apple belongs to one account at a time.
create table devices (
  account_id uuid not null references accounts on delete cascade,
  -- Made by the app.
  device_id uuid not null,
  session_id uuid not null unique,
  apns_token text not null unique,
  environment text not null check (environment in ('production', 'sandbox')),
  locale text not null check (locale in ('en', 'ru')),
  app_version text,
  -- The latest time that the app named this token: Apple may say that it was dead before.
  registered_at timestamptz(3) not null,
  -- The badge that the device was told last.
  badge integer not null default 0,
  primary key (account_id, device_id)
);
