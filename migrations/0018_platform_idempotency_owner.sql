-- Up Migration

-- Scopes end with the id of the account: its keys are found when it is erased.
create index idempotency_keys_owner on idempotency_keys (right(scope, 36));
