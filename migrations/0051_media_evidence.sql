-- Up Migration

-- How many reports keep the picture as evidence: while any does, it is not collected, whatever its owner does.
alter table media add column evidence_count integer not null default 0;
