-- Up Migration

-- Pushes that wait to be sent, one for each device and subject: what comes to the same subject meanwhile joins it. What
-- it says is looked up when it is sent. They leave with their device. A row that was sent stays a little, so that the
-- next of its subject keeps a distance.
create table pushes (
  account_id uuid not null,
  device_id uuid not null,
  -- 'chat:…', 'notification:…', 'badge' or 'test:…'.
  subject text not null,
  -- Of a chat: the first message that no push has told of.
  from_seq integer not null default 0,
  -- The same for each try of one push; new once it was sent.
  push_id uuid not null,
  -- Counts what joined it, so that what joined while it was being sent is not taken for sent.
  version integer not null default 0,
  -- When the latest of what it tells happened.
  newest_at timestamptz(3) not null,
  -- Null once it is sent.
  due_at timestamptz(3),
  sent_at timestamptz(3),
  tries integer not null default 0,
  -- A node that sends it owns it until then.
  claimed_until timestamptz(3),
  primary key (account_id, device_id, subject),
  foreign key (account_id, device_id) references devices on delete cascade
);
create index pushes_due on pushes (due_at) where due_at is not null;
create index pushes_sent on pushes (sent_at) where due_at is null;
