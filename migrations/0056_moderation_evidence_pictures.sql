-- Up Migration

-- A message may carry several pictures: all of them are evidence.
alter table reports add column media_ids uuid[] not null default '{}';
update reports set media_ids = array[media_id] where media_id is not null;
alter table reports drop column media_id;
