-- Up Migration

-- `new`: messages from `from_seq` to `seq`. `read`: the reader has read up to `seq`. `less`: there is less to read than before,
-- for the reader, or without one for all who have not read `seq`: deleted, hidden, cleared, muted, left.
alter table chat_news
  add column change text not null default 'new' check (change in ('new', 'read', 'less'));
update chat_news set change = 'read' where reader_id is not null;
