-- Up Migration

-- The newest accounts: for the list of administrators and for how many came lately.
create index accounts_created on accounts (created_at, account_id);
create index accounts_kept_out on accounts (state) where state in ('suspended', 'banned');
