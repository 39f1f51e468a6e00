-- Up Migration

-- What a person was told of besides messages; kept for 90 days.
create table notifications (
  -- By time: the order of the feed.
  notification_id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  -- An open list, see kinds.ts.
  kind text not null,
  -- What it tells of, such as 'request:…'; whoever is told twice sees it once.
  source text not null,
  -- The person it is about, if there is one.
  actor_id uuid references accounts on delete cascade,
  -- Ids that the app opens it by: { "requestId": … }.
  data jsonb not null,
  created_at timestamptz(3) not null,
  read_at timestamptz(3),
  unique (account_id, kind, source)
);
create index notifications_feed on notifications (account_id, notification_id desc);
create index notifications_unread on notifications (account_id) where read_at is null;
create index notifications_actor on notifications (actor_id);
create index notifications_age on notifications (created_at);
