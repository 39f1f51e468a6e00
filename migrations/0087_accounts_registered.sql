-- Up Migration

-- When its owner registered by name and password, which for a guest is later than the account. Absent for accounts that came
-- about otherwise, and for those made before this was noted.
alter table accounts add column registered_at timestamptz(3);
