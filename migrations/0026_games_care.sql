-- Up Migration

-- Slugs that staff took out of the catalogue: none of them is ever given again, the shipped catalogue does not bring them
-- back, and that of a merged game goes on leading to the game that it was merged into.
create table retired_slugs (
  kind text not null check (kind in ('game', 'genre')),
  slug text not null,
  -- Null: deleted.
  into_game_id text references games on delete set null,
  retired_at timestamptz(3) not null,
  primary key (kind, slug)
);
create index retired_slugs_into on retired_slugs (into_game_id);
