-- Up Migration

-- Teammates who part stay known for a while: they may still rate each other. Null: teammates now.
alter table teammates add column parted_at timestamptz(3);
