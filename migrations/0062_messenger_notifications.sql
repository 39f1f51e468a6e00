-- Up Migration

-- What in a chat is worth a push to this member.
alter table chat_members
  add column notify_level text not null default 'all' check (notify_level in ('all', 'mentions', 'none'));
