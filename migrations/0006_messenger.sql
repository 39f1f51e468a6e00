-- Up Migration

-- Everything is keyed by the chat, so that the tables can be partitioned or distributed by it later.
create table chats (
  chat_id uuid primary key,
  kind text not null check (kind in ('direct', 'group')),
  -- The two account ids of a direct chat, the smaller first: exactly one chat per pair.
  direct_key text unique,
  -- The number of the newest message and of the newest change: counted here, without gaps.
  last_seq integer not null default 0,
  last_rev integer not null default 0,
  created_at timestamptz(3) not null,
  last_activity_at timestamptz(3) not null,
  check ((kind = 'direct') = (direct_key is not null))
);

create table chat_members (
  chat_id uuid not null references chats on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  read_seq integer not null default 0,
  joined_at timestamptz(3) not null,
  primary key (chat_id, account_id)
);
create index chat_members_account on chat_members (account_id);

-- One row per message, whoever reads it. `rev` is the place of its latest change, `created_rev` that of its birth.
create table messages (
  chat_id uuid not null references chats on delete cascade,
  seq integer not null,
  rev integer not null,
  created_rev integer not null,
  author_id uuid not null references accounts,
  client_id uuid not null,
  text text not null,
  created_at timestamptz(3) not null,
  edited_at timestamptz(3),
  deleted_at timestamptz(3),
  primary key (chat_id, seq)
);
create unique index messages_rev on messages (chat_id, rev);
create unique index messages_client_id on messages (chat_id, author_id, client_id);
