-- Up Migration

-- What games were called that were merged into this one. Apart from its own aliases, which the shipped catalogue refreshes.
-- Null like none: servers of the version before put in rows without it.
alter table games add column merged_aliases text[];
