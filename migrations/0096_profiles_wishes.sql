-- Up Migration

-- What another player must be: who is not, is in nobody's list together with this person. Empty, it asks nothing.
alter table profiles add column wishes jsonb not null default '{}';
