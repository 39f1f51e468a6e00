-- Up Migration

-- Who signs in with Apple as which account. Only the subject counts: nothing is ever joined by address.
create table apple_identities (
  subject text primary key,
  account_id uuid not null unique references accounts on delete cascade,
  client_id text not null,
  -- Encrypted; by it Apple is told when the account is deleted.
  refresh_token bytea,
  linked_at timestamptz(3) not null
);

-- Identity tokens that were used: each is good for one sign-in.
create table apple_tokens_used (
  token_hash bytea primary key,
  expires_at timestamptz(3) not null
);
create index apple_tokens_used_age on apple_tokens_used (expires_at);
