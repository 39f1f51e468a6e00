-- Up Migration

-- The log of events. A transaction adds its events here; consumers read them in commit-safe order by
-- (transaction_id, event_id), below the oldest transaction still running, so that none is skipped.
create table outbox_events (
  event_id bigint generated always as identity primary key,
  transaction_id xid8 not null default pg_current_xact_id(),
  type text not null,
  payload jsonb not null,
  occurred_at timestamptz(3) not null default now()
);
create index outbox_events_order on outbox_events (transaction_id, event_id);

-- How far each cluster-wide consumer has come.
create table outbox_cursors (
  consumer text primary key,
  transaction_id xid8 not null,
  event_id bigint not null,
  failures integer not null default 0,
  updated_at timestamptz(3) not null default now()
);

-- Events that a consumer could not handle after many tries; kept for a person to look at.
create table outbox_dead_letters (
  consumer text not null,
  event_id bigint not null,
  type text not null,
  payload jsonb not null,
  error text not null,
  created_at timestamptz(3) not null default now(),
  primary key (consumer, event_id)
);

-- Answers to requests that carried an Idempotency-Key, written in the transaction of their effect.
create table idempotency_keys (
  scope text not null,
  key text not null,
  request_hash bytea not null,
  answer jsonb,
  created_at timestamptz(3) not null default now(),
  primary key (scope, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
