-- Up Migration

-- The code of a recovery that staff began, which ends with it. 120 bits, hence a plain hash and no count of tries: neither
-- guesses nor requests by strangers can use it up.
alter table assisted_recoveries add column code_hash bytea;
