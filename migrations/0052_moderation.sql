-- Up Migration

-- All that is said against one person at one time. `priority` is worked out from the reports (case-priority.ts).
create table moderation_cases (
  case_id uuid primary key,
  kind text not null check (kind in ('report', 'review')),
  accused_id uuid not null references accounts,
  state text not null check (state in ('open', 'resolved')),
  priority real not null,
  opened_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  -- One moderator at a time; the claim lapses by itself.
  claimed_by uuid references accounts,
  claimed_until timestamptz(3),
  resolved_at timestamptz(3),
  resolved_by uuid references accounts,
  action text check (
    action in (
      'dismiss', 'remove_content', 'warn', 'mute', 'hide_from_search', 'suspend', 'ban', 'reset_avatar', 'reset_name',
      'reset_username'
    )
  ),
  resolution_reason text,
  check ((state = 'resolved') = (resolved_at is not null))
);
create unique index moderation_cases_open on moderation_cases (accused_id, kind) where state = 'open';
create index moderation_cases_urgent on moderation_cases (priority desc, case_id) where state = 'open';
create index moderation_cases_accused on moderation_cases (accused_id, case_id);
create index moderation_cases_resolved on moderation_cases (resolved_at) where state = 'resolved';

create table reports (
  report_id uuid primary key,
  case_id uuid not null references moderation_cases,
  -- Absent when the text rules held something for review.
  reporter_id uuid references accounts,
  subject_kind text not null check (subject_kind in ('user', 'message', 'chat', 'rating', 'picture', 'text')),
  subject jsonb not null,
  -- Says the same thing of the same subject, so that one person reports it once.
  subject_key text not null,
  reason text not null,
  comment text,
  -- JSON as it was hashed; gone once retention has ended, while the hash stays.
  evidence text,
  evidence_hash bytea not null,
  -- Reading the evidence of a private chat is written to the audit log.
  has_private_text boolean not null,
  media_id uuid,
  weight real not null check (weight between 0 and 1),
  severity real not null,
  created_at timestamptz(3) not null,
  outcome text check (outcome in ('upheld', 'dismissed')),
  unique (case_id, reporter_id, subject_key)
);
create index reports_reporter on reports (reporter_id, report_id);
create index reports_created on reports (created_at);

create table case_notes (
  note_id uuid primary key,
  case_id uuid not null references moderation_cases,
  author_id uuid not null references accounts,
  text text not null,
  created_at timestamptz(3) not null
);
create index case_notes_case on case_notes (case_id, note_id);

create table sanctions (
  sanction_id uuid primary key,
  account_id uuid not null references accounts,
  kind text not null check (kind in ('warning', 'mute', 'search_ban', 'suspension', 'ban')),
  reason text not null,
  -- To the person, in the moderator's own words.
  words text,
  case_id uuid references moderation_cases,
  imposed_by uuid not null references accounts,
  imposed_at timestamptz(3) not null,
  ends_at timestamptz(3),
  lifted_at timestamptz(3),
  lifted_by uuid references accounts,
  -- Set when the end by time has been applied to the account and told.
  expired_at timestamptz(3)
);
create index sanctions_account on sanctions (account_id, sanction_id);
create index sanctions_case on sanctions (case_id);
create index sanctions_ending on sanctions (ends_at) where lifted_at is null and expired_at is null;

create table appeals (
  appeal_id uuid primary key,
  sanction_id uuid not null unique references sanctions,
  account_id uuid not null references accounts,
  text text not null,
  created_at timestamptz(3) not null,
  decision text check (decision in ('upheld', 'lifted')),
  answer text,
  decided_by uuid references accounts,
  decided_at timestamptz(3),
  check ((decision is null) = (decided_at is null))
);
create index appeals_waiting on appeals (appeal_id) where decision is null;

-- What staff add to the lists that ship with the program.
create table text_rules (
  rule_id uuid primary key,
  kind text not null check (kind in ('word', 'root')),
  language text not null check (language in ('en', 'ru')),
  text text not null,
  action text not null check (action in ('block', 'mask', 'hold')),
  exceptions text[] not null,
  created_by uuid not null references accounts,
  created_at timestamptz(3) not null,
  unique (kind, language, text)
);

-- First words of new accounts to strangers, for a day: the same text to many is a flood.
create table first_words (
  account_id uuid not null references accounts,
  text_hash bytea not null,
  recipient_id uuid not null,
  said_at timestamptz(3) not null,
  primary key (account_id, text_hash, recipient_id)
);
create index first_words_said on first_words (said_at);

-- What happened on a day in UTC, counted by each node and added up every minute.
create table daily_counts (
  day date not null,
  name text not null,
  count bigint not null,
  primary key (day, name)
);
