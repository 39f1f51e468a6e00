-- Up Migration

-- What became of chats and waits to be looked at: new messages from `from_seq` to `seq`, or (with a reader) that somebody
-- read up to `seq`. Written by the very statement that makes it true, one row for each chat and commit, and removed by
-- whoever takes it. The table is nearly always empty and has no index, so that a row costs a send as little as can be.
create table chat_news (
  chat_id uuid not null,
  from_seq integer not null,
  seq integer not null,
  reader_id uuid
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 100000);
