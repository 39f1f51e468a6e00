-- Up Migration

-- Which files a message carries, in itself or in what it forwards: who may read a file, what a chat has, and when nothing
-- refers to a file any more are all asked here.
create table message_media (
  media_id uuid not null,
  chat_id uuid not null,
  seq integer not null,
  kind text not null check (kind in ('picture', 'voice', 'file')),
  primary key (media_id, chat_id, seq),
  foreign key (chat_id, seq) references messages on delete cascade
);
create index message_media_chat on message_media (chat_id, seq);

-- No message has had a file before: there was nothing to upload.
drop index messages_attachments;
