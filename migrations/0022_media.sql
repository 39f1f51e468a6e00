-- Up Migration

-- A picture that somebody uploaded, as we made it anew. Its files lie in the store under its id.
create table media (
  media_id uuid primary key,
  owner_id uuid not null references accounts,
  -- [{ width, height, sizeBytes }], the smallest first.
  sizes jsonb not null,
  -- A ThumbHash: what is shown until the picture has come.
  placeholder bytea not null,
  created_at timestamptz(3) not null,
  -- Set while something refers to it; what nothing refers to is collected, a day after it came.
  used_at timestamptz(3)
);
create index media_owner on media (owner_id, created_at);
create index media_orphans on media (created_at) where used_at is null;

alter table profiles add column avatar_id uuid;
