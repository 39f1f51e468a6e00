-- Up Migration

-- Work that leaves the database (mail, archives, calls to others), written in the transaction that wants it done. A row
-- is deleted when its work is done, and with it whatever its payload held.
create table jobs (
  job_id uuid primary key,
  kind text not null,
  payload jsonb not null,
  created_at timestamptz(3) not null,
  -- Not before this; while a node is at it, the moment when the job is free again if that node died.
  run_at timestamptz(3) not null,
  tries integer not null default 0,
  last_error text,
  -- Given up: a dead letter, kept for a person to look at.
  failed_at timestamptz(3)
);
create index jobs_due on jobs (run_at) where failed_at is null;
create index jobs_failed on jobs (failed_at) where failed_at is not null;
