-- Up Migration

-- What one person has asked of strangers and nobody has answered: counted against the quota of a day.
create index chats_requester on chats (requester_id, created_at) where requester_id is not null;

-- Chats that opened at the very moment of a block were left open.
update chats set is_blocked = true
from blocks
where direct_key = least(account_id, blocked_id) || ':' || greatest(account_id, blocked_id) and not is_blocked;
