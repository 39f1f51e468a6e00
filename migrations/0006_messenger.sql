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
  -- The place in the line of the latest change of what the chat itself is: title, rights, request.
  info_rev integer not null default 0,
  -- The place of the latest change of who is in it or with which role. A send that waited for this row compares it
  -- with what it had seen, so nothing is accepted from a person after their removal.
  members_rev integer not null default 0,
  member_count integer not null default 0,
  title text not null default '',
  photo_id uuid,
  may_write text not null default 'members' check (may_write in ('members', 'admins', 'owner')),
  may_invite text not null default 'members' check (may_invite in ('members', 'admins', 'owner')),
  may_edit_info text not null default 'admins' check (may_edit_info in ('members', 'admins', 'owner')),
  may_pin text not null default 'admins' check (may_pin in ('members', 'admins', 'owner')),
  may_mention_all text not null default 'admins' check (may_mention_all in ('members', 'admins', 'owner')),
  slow_mode_seconds integer not null default 0,
  -- How many of the messages before their joining newcomers see.
  newcomer_history integer not null default 100,
  -- A direct chat that a stranger began: who asks. Only a few messages are theirs until the other answers.
  requester_id uuid,
  is_blocked boolean not null default false,
  created_at timestamptz(3) not null,
  last_activity_at timestamptz(3) not null,
  check ((kind = 'direct') = (direct_key is not null))
);

-- Whoever was ever in the chat; the row of one who is gone stays, so that the line of changes can tell of it.
create table chat_members (
  chat_id uuid not null references chats on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  role text not null default 'member' check (role in ('member', 'admin', 'owner')),
  state text not null default 'active' check (state in ('active', 'left', 'removed', 'banned')),
  -- Place in the line of the latest change of role or state, of the first joining, and of the latest joining.
  rev integer not null default 0,
  created_rev integer not null default 0,
  joined_rev integer not null default 0,
  joined_at timestamptz(3) not null,
  invited_by uuid,
  -- The first message that this member may see.
  visible_from_seq integer not null default 1,

  -- What is this member's own business, and what others see of it. The *_xid tell when, in the order of transactions.
  own_xid xid8 not null default pg_current_xact_id(),
  read_seq integer not null default 0,
  is_marked_unread boolean not null default false,
  cleared_seq integer not null default 0,
  -- Messages after this one bring the chat back into the list.
  dismissed_seq integer not null default -1,
  muted_until timestamptz(3),
  is_mass_mention_muted boolean not null default false,
  pinned_at timestamptz(3),
  is_archived boolean not null default false,
  draft_text text not null default '',
  draft_reply_to_seq integer,
  refused_at timestamptz(3),
  marks_xid xid8 not null default pg_current_xact_id(),
  shown_read_seq integer not null default 0,
  shown_delivered_seq integer not null default 0,
  primary key (chat_id, account_id)
);
create index chat_members_account on chat_members (account_id);
create index chat_members_rev on chat_members (chat_id, rev);

-- One row per message, whoever reads it. `rev` is the place of its latest change, `created_rev` that of its birth.
create table messages (
  chat_id uuid not null references chats on delete cascade,
  seq integer not null,
  rev integer not null,
  created_rev integer not null,
  author_id uuid not null references accounts,
  client_id uuid not null,
  text text not null,
  reply_to_seq integer,
  -- Copies of what was forwarded: [{ authorId, createdAt, text }].
  forwards jsonb,
  mentions uuid[],
  is_mention_of_all boolean not null default false,
  attachments jsonb,
  -- What happened, when the message is the chat's own: { action, … }.
  service jsonb,
  -- Counts, kept beside their rows: [{ emoji, count }].
  reactions jsonb,
  poll jsonb,
  pinned_at timestamptz(3),
  created_at timestamptz(3) not null,
  edited_at timestamptz(3),
  deleted_at timestamptz(3),
  primary key (chat_id, seq)
);
create unique index messages_rev on messages (chat_id, rev);
create unique index messages_client_id on messages (chat_id, author_id, client_id);
create index messages_pinned on messages (chat_id, seq) where pinned_at is not null;
create index messages_attachments on messages using gin (attachments jsonb_path_ops) where attachments is not null;

-- The words of a message in their basic form (the Russian configuration knows English words too), together with its
-- chat as one more word, so that the index answers "these words in these chats". No text yields a word with '#' in it.
create function message_words(chat_id uuid, text text) returns tsvector language sql immutable parallel safe as $$
  select case when text = '' then null
    else array_to_tsvector(array['#' || chat_id::text]) || to_tsvector('russian', text) end
$$;
create index messages_words on messages using gin (message_words(chat_id, text));

-- What a message said before it was edited or deleted; for moderators only.
create table message_versions (
  chat_id uuid not null,
  seq integer not null,
  rev integer not null,
  text text not null,
  replaced_by uuid not null,
  replaced_at timestamptz(3) not null,
  primary key (chat_id, seq, rev),
  foreign key (chat_id, seq) references messages on delete cascade
);

-- Messages that one member has deleted for himself alone.
create table hidden_messages (
  chat_id uuid not null,
  seq integer not null,
  account_id uuid not null references accounts on delete cascade,
  xid xid8 not null default pg_current_xact_id(),
  primary key (chat_id, seq, account_id),
  foreign key (chat_id, seq) references messages on delete cascade
);
create index hidden_messages_account on hidden_messages (account_id, chat_id);

create table message_reactions (
  chat_id uuid not null,
  seq integer not null,
  account_id uuid not null references accounts on delete cascade,
  emoji text not null,
  created_at timestamptz(3) not null,
  primary key (chat_id, seq, account_id, emoji),
  foreign key (chat_id, seq) references messages on delete cascade
);
create index message_reactions_account on message_reactions (account_id);

create table poll_votes (
  chat_id uuid not null,
  seq integer not null,
  account_id uuid not null references accounts on delete cascade,
  option integer not null,
  created_at timestamptz(3) not null,
  primary key (chat_id, seq, account_id, option),
  foreign key (chat_id, seq) references messages on delete cascade
);
create index poll_votes_account on poll_votes (account_id);

create table chat_invites (
  invite_id uuid primary key,
  chat_id uuid not null references chats on delete cascade,
  -- 128 random bits.
  code text not null unique,
  created_by uuid not null references accounts,
  needs_approval boolean not null,
  newcomer_history integer,
  max_uses integer,
  uses integer not null default 0,
  expires_at timestamptz(3),
  created_at timestamptz(3) not null
);
create index chat_invites_chat on chat_invites (chat_id);
create index chat_invites_creator on chat_invites (created_by);

create table join_requests (
  chat_id uuid not null references chats on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  newcomer_history integer,
  created_at timestamptz(3) not null,
  primary key (chat_id, account_id)
);
create index join_requests_account on join_requests (account_id);

-- Whoever has no row has the defaults.
create table messenger_settings (
  account_id uuid primary key references accounts on delete cascade,
  shows_receipts boolean not null default true
);
