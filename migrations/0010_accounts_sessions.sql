-- Up Migration

-- The token before the present one, for ten seconds after the rotation: a client that lost the answer asks again with it
-- and gets the same successor, which is kept sealed with the spent token itself.
alter table sessions
  add column previous_token_hash bytea,
  add column rotated_at timestamptz(3),
  add column sealed_successor bytea;
