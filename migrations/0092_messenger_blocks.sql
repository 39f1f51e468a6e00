-- Up Migration

-- Between whom there is a block, from both sides: a copy, written within the block's own transaction, so that the one
-- statement that moves a mark in a group need ask nobody. Who made it is known to relationships alone.
create table chat_blocks (
  account_id uuid not null,
  other_id uuid not null,
  primary key (account_id, other_id)
);

insert into chat_blocks (account_id, other_id)
select account_id, blocked_id from blocks union select blocked_id, account_id from blocks;
