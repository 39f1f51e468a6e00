-- Up Migration

-- A row begins as a ticket for one upload and is the file once `ready_at` is set: no file is ever without a row.
alter table media
  add column kind text not null default 'picture' check (kind in ('picture', 'voice', 'file')),
  -- As uploaded, or as announced while it is not.
  add column size_bytes integer not null default 0,
  -- What it was found to be, whatever its name or a header said; of a picture, what we made of it.
  add column content_type text not null default 'image/webp',
  add column name text,
  -- As the sender says.
  add column duration_seconds real,
  -- SHA-256 of the upload: the same bytes again are a repeat, others are refused.
  add column content_hash bytea,
  add column expires_at timestamptz(3),
  add column ready_at timestamptz(3),
  -- How many things refer to it, and since when none does; what nothing refers to for a day is collected.
  add column uses integer not null default 0 check (uses >= 0),
  add column unused_since timestamptz(3),
  -- Nobody gets it any more; the row goes after its files.
  add column doomed_at timestamptz(3),
  alter column placeholder drop not null,
  alter column sizes set default '[]';

update media
set ready_at = created_at,
  uses = case when used_at is null then 0 else 1 end,
  unused_since = case when used_at is null then created_at end;

drop index media_orphans;
alter table media
  drop column used_at,
  add check ((uses = 0) = (unused_since is not null));
create index media_unused on media (unused_since) where unused_since is not null;
create index media_doomed on media (doomed_at) where doomed_at is not null;
