-- The schema after all migrations, written by npm run generate. To be read, not run.

create table account_codes (
  account_id uuid not null,
  purpose text not null,
  email text not null,
  code_hash text,
  link_hash bytea,
  session_id uuid,
  tries integer not null default 0,
  issued_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  day_started_at timestamp(3) with time zone not null,
  issued_that_day integer not null default 1,
  constraint account_codes_pkey PRIMARY KEY (account_id, purpose),
  constraint account_codes_link_hash_key UNIQUE (link_hash),
  constraint account_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint account_codes_purpose_check CHECK ((purpose = ANY (ARRAY['verify_email'::text, 'recovery'::text])))
);
CREATE INDEX account_codes_age ON account_codes USING btree (day_started_at);

create table account_exports (
  account_id uuid not null,
  export_id uuid not null,
  state text not null,
  requested_at timestamp(3) with time zone not null,
  folder text,
  part_count integer,
  size_bytes bigint,
  expires_at timestamp(3) with time zone,
  day_started_at timestamp(3) with time zone not null,
  requested_that_day integer not null default 1,
  constraint account_exports_pkey PRIMARY KEY (account_id),
  constraint account_exports_export_id_key UNIQUE (export_id),
  constraint account_exports_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint account_exports_check CHECK (((state = 'ready'::text) = ((folder IS NOT NULL) AND (part_count IS NOT NULL) AND (size_bytes IS NOT NULL) AND (expires_at IS NOT NULL)))),
  constraint account_exports_state_check CHECK ((state = ANY (ARRAY['preparing'::text, 'ready'::text])))
);
CREATE INDEX account_exports_expiry ON account_exports USING btree (expires_at) WHERE (state = 'ready'::text);

create table accounts (
  account_id uuid not null,
  username text not null,
  username_key text not null,
  email text,
  email_key text,
  email_verified_at timestamp(3) with time zone,
  password_hash text,
  role text not null,
  state text not null default 'active'::text,
  age_band text not null,
  locale text not null,
  accepted_terms text not null,
  created_at timestamp(3) with time zone not null,
  last_active_at timestamp(3) with time zone not null,
  pending_email text,
  deletion_due_at timestamp(3) with time zone,
  suspended_until timestamp(3) with time zone,
  muted_until timestamp(3) with time zone,
  hidden_until timestamp(3) with time zone,
  registered_at timestamp(3) with time zone,
  constraint accounts_pkey PRIMARY KEY (account_id),
  constraint accounts_username_key_key UNIQUE (username_key),
  constraint accounts_age_band_check CHECK ((age_band = ANY (ARRAY['13_15'::text, '16_17'::text, '18_plus'::text]))),
  constraint accounts_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ru'::text]))),
  constraint accounts_role_check CHECK ((role = ANY (ARRAY['guest'::text, 'user'::text, 'moderator'::text, 'admin'::text]))),
  constraint accounts_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'banned'::text, 'deleted'::text])))
);
CREATE INDEX accounts_created ON accounts USING btree (created_at, account_id);
CREATE INDEX accounts_email ON accounts USING btree (email_key);
CREATE INDEX accounts_kept_out ON accounts USING btree (state) WHERE (state = ANY (ARRAY['suspended'::text, 'banned'::text]));
CREATE INDEX accounts_seen ON accounts USING btree (last_active_at);
CREATE INDEX accounts_staff ON accounts USING btree (role) WHERE (role = ANY (ARRAY['moderator'::text, 'admin'::text]));

create table appeals (
  appeal_id uuid not null,
  sanction_id uuid not null,
  account_id uuid not null,
  text text not null,
  created_at timestamp(3) with time zone not null,
  decision text,
  answer text,
  decided_by uuid,
  decided_at timestamp(3) with time zone,
  constraint appeals_pkey PRIMARY KEY (appeal_id),
  constraint appeals_sanction_id_key UNIQUE (sanction_id),
  constraint appeals_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint appeals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES accounts(account_id),
  constraint appeals_sanction_id_fkey FOREIGN KEY (sanction_id) REFERENCES sanctions(sanction_id),
  constraint appeals_check CHECK (((decision IS NULL) = (decided_at IS NULL))),
  constraint appeals_decision_check CHECK ((decision = ANY (ARRAY['upheld'::text, 'lifted'::text])))
);
CREATE INDEX appeals_waiting ON appeals USING btree (appeal_id) WHERE (decision IS NULL);

create table apple_identities (
  subject text not null,
  account_id uuid not null,
  client_id text not null,
  refresh_token bytea,
  linked_at timestamp(3) with time zone not null,
  constraint apple_identities_pkey PRIMARY KEY (subject),
  constraint apple_identities_account_id_key UNIQUE (account_id),
  constraint apple_identities_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);

create table apple_tokens_used (
  token_hash bytea not null,
  expires_at timestamp(3) with time zone not null,
  constraint apple_tokens_used_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX apple_tokens_used_age ON apple_tokens_used USING btree (expires_at);

create table assisted_recoveries (
  account_id uuid not null,
  email text not null,
  started_by uuid not null,
  reason text not null,
  started_at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone not null,
  code_sent_at timestamp(3) with time zone,
  code_hash bytea,
  constraint assisted_recoveries_pkey PRIMARY KEY (account_id),
  constraint assisted_recoveries_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);

create table banned_identifiers (
  identifier_hash bytea not null,
  banned_at timestamp(3) with time zone not null,
  account_id uuid,
  ends_at timestamp(3) with time zone not null,
  constraint banned_identifiers_key UNIQUE (identifier_hash, account_id),
  constraint banned_identifiers_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id)
);
CREATE INDEX banned_identifiers_account ON banned_identifiers USING btree (account_id);
CREATE INDEX banned_identifiers_ending ON banned_identifiers USING btree (ends_at);

create table blocks (
  account_id uuid not null,
  blocked_id uuid not null,
  created_at timestamp(3) with time zone not null,
  constraint blocks_pkey PRIMARY KEY (account_id, blocked_id),
  constraint blocks_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint blocks_blocked_id_fkey FOREIGN KEY (blocked_id) REFERENCES accounts(account_id),
  constraint blocks_check CHECK ((account_id <> blocked_id))
);
CREATE INDEX blocks_blocked ON blocks USING btree (blocked_id);

create table case_notes (
  note_id uuid not null,
  case_id uuid not null,
  author_id uuid not null,
  text text not null,
  created_at timestamp(3) with time zone not null,
  constraint case_notes_pkey PRIMARY KEY (note_id),
  constraint case_notes_author_id_fkey FOREIGN KEY (author_id) REFERENCES accounts(account_id),
  constraint case_notes_case_id_fkey FOREIGN KEY (case_id) REFERENCES moderation_cases(case_id)
);
CREATE INDEX case_notes_case ON case_notes USING btree (case_id, note_id);

create table catalogue_loads (
  is_only_row boolean not null default true,
  files_hash text not null,
  constraint catalogue_loads_pkey PRIMARY KEY (is_only_row),
  constraint catalogue_loads_is_only_row_check CHECK (is_only_row)
);

create table chat_blocks (
  account_id uuid not null,
  other_id uuid not null,
  constraint chat_blocks_pkey PRIMARY KEY (account_id, other_id)
);

create table chat_invites (
  invite_id uuid not null,
  chat_id uuid not null,
  code text not null,
  created_by uuid not null,
  needs_approval boolean not null,
  newcomer_history integer,
  max_uses integer,
  uses integer not null default 0,
  expires_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  constraint chat_invites_pkey PRIMARY KEY (invite_id),
  constraint chat_invites_code_key UNIQUE (code),
  constraint chat_invites_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats(chat_id) ON DELETE CASCADE,
  constraint chat_invites_created_by_fkey FOREIGN KEY (created_by) REFERENCES accounts(account_id)
);
CREATE INDEX chat_invites_chat ON chat_invites USING btree (chat_id);
CREATE INDEX chat_invites_creator ON chat_invites USING btree (created_by);

create table chat_members (
  chat_id uuid not null,
  account_id uuid not null,
  role text not null default 'member'::text,
  state text not null default 'active'::text,
  rev integer not null default 0,
  created_rev integer not null default 0,
  joined_rev integer not null default 0,
  joined_at timestamp(3) with time zone not null,
  invited_by uuid,
  visible_from_seq integer not null default 1,
  own_xid xid8 not null default pg_current_xact_id(),
  read_seq integer not null default 0,
  is_marked_unread boolean not null default false,
  cleared_seq integer not null default 0,
  dismissed_seq integer not null default '-1'::integer,
  muted_until timestamp(3) with time zone,
  is_mass_mention_muted boolean not null default false,
  pinned_at timestamp(3) with time zone,
  is_archived boolean not null default false,
  draft_text text not null default ''::text,
  draft_reply_to_seq integer,
  refused_at timestamp(3) with time zone,
  marks_xid xid8 not null default pg_current_xact_id(),
  shown_read_seq integer not null default 0,
  shown_delivered_seq integer not null default 0,
  notify_level text not null default 'all'::text,
  constraint chat_members_pkey PRIMARY KEY (chat_id, account_id),
  constraint chat_members_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint chat_members_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats(chat_id) ON DELETE CASCADE,
  constraint chat_members_notify_level_check CHECK ((notify_level = ANY (ARRAY['all'::text, 'mentions'::text, 'none'::text]))),
  constraint chat_members_role_check CHECK ((role = ANY (ARRAY['member'::text, 'admin'::text, 'owner'::text]))),
  constraint chat_members_state_check CHECK ((state = ANY (ARRAY['active'::text, 'left'::text, 'removed'::text, 'banned'::text])))
);
CREATE INDEX chat_members_account ON chat_members USING btree (account_id);
CREATE INDEX chat_members_rev ON chat_members USING btree (chat_id, rev);

create table chat_news (
  chat_id uuid not null,
  from_seq integer not null,
  seq integer not null,
  reader_id uuid,
  change text not null default 'new'::text,
  constraint chat_news_change_check CHECK ((change = ANY (ARRAY['new'::text, 'read'::text, 'less'::text])))
);

create table chats (
  chat_id uuid not null,
  kind text not null,
  direct_key text,
  last_seq integer not null default 0,
  last_rev integer not null default 0,
  info_rev integer not null default 0,
  members_rev integer not null default 0,
  member_count integer not null default 0,
  title text not null default ''::text,
  photo_id uuid,
  may_write text not null default 'members'::text,
  may_invite text not null default 'members'::text,
  may_edit_info text not null default 'admins'::text,
  may_pin text not null default 'admins'::text,
  may_mention_all text not null default 'admins'::text,
  slow_mode_seconds integer not null default 0,
  newcomer_history integer not null default 100,
  requester_id uuid,
  is_blocked boolean not null default false,
  created_at timestamp(3) with time zone not null,
  last_activity_at timestamp(3) with time zone not null,
  constraint chats_pkey PRIMARY KEY (chat_id),
  constraint chats_direct_key_key UNIQUE (direct_key),
  constraint chats_check CHECK (((kind = 'direct'::text) = (direct_key IS NOT NULL))),
  constraint chats_kind_check CHECK ((kind = ANY (ARRAY['direct'::text, 'group'::text]))),
  constraint chats_may_edit_info_check CHECK ((may_edit_info = ANY (ARRAY['members'::text, 'admins'::text, 'owner'::text]))),
  constraint chats_may_invite_check CHECK ((may_invite = ANY (ARRAY['members'::text, 'admins'::text, 'owner'::text]))),
  constraint chats_may_mention_all_check CHECK ((may_mention_all = ANY (ARRAY['members'::text, 'admins'::text, 'owner'::text]))),
  constraint chats_may_pin_check CHECK ((may_pin = ANY (ARRAY['members'::text, 'admins'::text, 'owner'::text]))),
  constraint chats_may_write_check CHECK ((may_write = ANY (ARRAY['members'::text, 'admins'::text, 'owner'::text])))
);
CREATE INDEX chats_requester ON chats USING btree (requester_id, created_at) WHERE (requester_id IS NOT NULL);

create table daily_counts (
  day date not null,
  name text not null,
  count bigint not null,
  constraint daily_counts_pkey PRIMARY KEY (day, name)
);

create table devices (
  account_id uuid not null,
  device_id uuid not null,
  session_id uuid not null,
  apns_token text not null,
  environment text not null,
  locale text not null,
  app_version text,
  registered_at timestamp(3) with time zone not null,
  badge integer not null default 0,
  constraint devices_pkey PRIMARY KEY (account_id, device_id),
  constraint devices_apns_token_key UNIQUE (apns_token),
  constraint devices_session_id_key UNIQUE (session_id),
  constraint devices_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint devices_environment_check CHECK ((environment = ANY (ARRAY['production'::text, 'sandbox'::text]))),
  constraint devices_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ru'::text])))
);

create table digests (
  account_id uuid not null,
  since timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone,
  sent_at timestamp(3) with time zone,
  constraint digests_pkey PRIMARY KEY (account_id),
  constraint digests_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);
CREATE INDEX digests_due ON digests USING btree (due_at) WHERE (due_at IS NOT NULL);

create table first_words (
  account_id uuid not null,
  text_hash bytea not null,
  recipient_id uuid not null,
  said_at timestamp(3) with time zone not null,
  constraint first_words_pkey PRIMARY KEY (account_id, text_hash, recipient_id),
  constraint first_words_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id)
);
CREATE INDEX first_words_said ON first_words USING btree (said_at);

create table game_suggesters (
  suggestion_id uuid not null,
  account_id uuid not null,
  name text not null,
  comment text,
  platforms text[] not null,
  suggested_at timestamp(3) with time zone not null,
  constraint game_suggesters_pkey PRIMARY KEY (suggestion_id, account_id),
  constraint game_suggesters_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint game_suggesters_suggestion_id_fkey FOREIGN KEY (suggestion_id) REFERENCES game_suggestions(suggestion_id) ON DELETE CASCADE
);
CREATE INDEX game_suggesters_account ON game_suggesters USING btree (account_id, suggestion_id);

create table game_suggestions (
  suggestion_id uuid not null,
  name text not null,
  name_key text not null,
  state text not null default 'pending'::text,
  supporter_count integer not null default 0,
  game_id text,
  reason text,
  created_at timestamp(3) with time zone not null,
  decided_at timestamp(3) with time zone,
  constraint game_suggestions_pkey PRIMARY KEY (suggestion_id),
  constraint game_suggestions_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'declined'::text])))
);
CREATE UNIQUE INDEX game_suggestions_pending ON game_suggestions USING btree (name_key) WHERE (state = 'pending'::text);
CREATE INDEX game_suggestions_queue ON game_suggestions USING btree (state, supporter_count DESC, suggestion_id);

create table games (
  game_id text not null,
  name jsonb not null,
  aliases text[] not null,
  release_year integer,
  genres text[] not null,
  platforms text[] not null,
  modes text[] not null,
  max_party_size integer,
  popularity integer not null,
  ladder jsonb not null,
  roles jsonb not null,
  steam_app_id integer,
  edited_at timestamp(3) with time zone,
  merged_aliases text[],
  constraint games_pkey PRIMARY KEY (game_id),
  constraint games_popularity_check CHECK (((popularity >= 0) AND (popularity <= 1000000)))
);

create table genres (
  genre_id text not null,
  name jsonb not null,
  edited_at timestamp(3) with time zone,
  constraint genres_pkey PRIMARY KEY (genre_id)
);

create table hidden_messages (
  chat_id uuid not null,
  seq integer not null,
  account_id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  constraint hidden_messages_pkey PRIMARY KEY (chat_id, seq, account_id),
  constraint hidden_messages_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint hidden_messages_chat_id_seq_fkey FOREIGN KEY (chat_id, seq) REFERENCES messages(chat_id, seq) ON DELETE CASCADE
);
CREATE INDEX hidden_messages_account ON hidden_messages USING btree (account_id, chat_id);

create table hidden_people (
  account_id uuid not null,
  hidden_id uuid not null,
  created_at timestamp(3) with time zone not null,
  constraint hidden_people_pkey PRIMARY KEY (account_id, hidden_id),
  constraint hidden_people_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint hidden_people_hidden_id_fkey FOREIGN KEY (hidden_id) REFERENCES accounts(account_id),
  constraint hidden_people_check CHECK ((account_id <> hidden_id))
);
CREATE INDEX hidden_people_hidden ON hidden_people USING btree (hidden_id);

create table idempotency_keys (
  scope text not null,
  key text not null,
  request_hash bytea not null,
  answer jsonb,
  created_at timestamp(3) with time zone not null default now(),
  constraint idempotency_keys_pkey PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys USING btree (created_at);
CREATE INDEX idempotency_keys_owner ON idempotency_keys USING btree ("right"(scope, 36));

create table jobs (
  job_id uuid not null,
  kind text not null,
  payload jsonb not null,
  created_at timestamp(3) with time zone not null,
  run_at timestamp(3) with time zone not null,
  tries integer not null default 0,
  last_error text,
  failed_at timestamp(3) with time zone,
  constraint jobs_pkey PRIMARY KEY (job_id)
);
CREATE INDEX jobs_due ON jobs USING btree (run_at) WHERE (failed_at IS NULL);
CREATE INDEX jobs_failed ON jobs USING btree (failed_at) WHERE (failed_at IS NOT NULL);

create table join_requests (
  chat_id uuid not null,
  account_id uuid not null,
  newcomer_history integer,
  created_at timestamp(3) with time zone not null,
  constraint join_requests_pkey PRIMARY KEY (chat_id, account_id),
  constraint join_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint join_requests_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats(chat_id) ON DELETE CASCADE
);
CREATE INDEX join_requests_account ON join_requests USING btree (account_id);

create table media (
  media_id uuid not null,
  owner_id uuid not null,
  sizes jsonb not null default '[]'::jsonb,
  placeholder bytea,
  created_at timestamp(3) with time zone not null,
  kind text not null default 'picture'::text,
  size_bytes integer not null default 0,
  content_type text not null default 'image/webp'::text,
  name text,
  duration_seconds real,
  content_hash bytea,
  expires_at timestamp(3) with time zone,
  ready_at timestamp(3) with time zone,
  uses integer not null default 0,
  unused_since timestamp(3) with time zone,
  doomed_at timestamp(3) with time zone,
  evidence_count integer not null default 0,
  constraint media_pkey PRIMARY KEY (media_id),
  constraint media_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES accounts(account_id),
  constraint media_check CHECK (((uses = 0) = (unused_since IS NOT NULL))),
  constraint media_kind_check CHECK ((kind = ANY (ARRAY['picture'::text, 'voice'::text, 'file'::text]))),
  constraint media_uses_check CHECK ((uses >= 0))
);
CREATE INDEX media_doomed ON media USING btree (doomed_at) WHERE (doomed_at IS NOT NULL);
CREATE INDEX media_owner ON media USING btree (owner_id, created_at);
CREATE INDEX media_unused ON media USING btree (unused_since) WHERE (unused_since IS NOT NULL);

create table message_media (
  media_id uuid not null,
  chat_id uuid not null,
  seq integer not null,
  kind text not null,
  constraint message_media_pkey PRIMARY KEY (media_id, chat_id, seq),
  constraint message_media_chat_id_seq_fkey FOREIGN KEY (chat_id, seq) REFERENCES messages(chat_id, seq) ON DELETE CASCADE,
  constraint message_media_kind_check CHECK ((kind = ANY (ARRAY['picture'::text, 'voice'::text, 'file'::text])))
);
CREATE INDEX message_media_chat ON message_media USING btree (chat_id, seq);

create table message_reactions (
  chat_id uuid not null,
  seq integer not null,
  account_id uuid not null,
  emoji text not null,
  created_at timestamp(3) with time zone not null,
  constraint message_reactions_pkey PRIMARY KEY (chat_id, seq, account_id, emoji),
  constraint message_reactions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint message_reactions_chat_id_seq_fkey FOREIGN KEY (chat_id, seq) REFERENCES messages(chat_id, seq) ON DELETE CASCADE
);
CREATE INDEX message_reactions_account ON message_reactions USING btree (account_id);

create table message_versions (
  chat_id uuid not null,
  seq integer not null,
  rev integer not null,
  text text not null,
  replaced_by uuid not null,
  replaced_at timestamp(3) with time zone not null,
  constraint message_versions_pkey PRIMARY KEY (chat_id, seq, rev),
  constraint message_versions_chat_id_seq_fkey FOREIGN KEY (chat_id, seq) REFERENCES messages(chat_id, seq) ON DELETE CASCADE
);

create table messages (
  chat_id uuid not null,
  seq integer not null,
  rev integer not null,
  created_rev integer not null,
  author_id uuid not null,
  client_id uuid not null,
  text text not null,
  reply_to_seq integer,
  forwards jsonb,
  mentions uuid[],
  is_mention_of_all boolean not null default false,
  attachments jsonb,
  service jsonb,
  reactions jsonb,
  poll jsonb,
  pinned_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  edited_at timestamp(3) with time zone,
  deleted_at timestamp(3) with time zone,
  constraint messages_pkey PRIMARY KEY (chat_id, seq),
  constraint messages_author_id_fkey FOREIGN KEY (author_id) REFERENCES accounts(account_id),
  constraint messages_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats(chat_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX messages_client_id ON messages USING btree (chat_id, author_id, client_id);
CREATE INDEX messages_pinned ON messages USING btree (chat_id, seq) WHERE (pinned_at IS NOT NULL);
CREATE UNIQUE INDEX messages_rev ON messages USING btree (chat_id, rev);
CREATE INDEX messages_words ON messages USING gin (message_words(chat_id, text));

create table messenger_settings (
  account_id uuid not null,
  shows_receipts boolean not null default true,
  constraint messenger_settings_pkey PRIMARY KEY (account_id),
  constraint messenger_settings_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);

create table moderation_cases (
  case_id uuid not null,
  kind text not null,
  accused_id uuid not null,
  state text not null,
  priority real not null,
  opened_at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone not null,
  claimed_by uuid,
  claimed_until timestamp(3) with time zone,
  resolved_at timestamp(3) with time zone,
  resolved_by uuid,
  action text,
  resolution_reason text,
  constraint moderation_cases_pkey PRIMARY KEY (case_id),
  constraint moderation_cases_accused_id_fkey FOREIGN KEY (accused_id) REFERENCES accounts(account_id),
  constraint moderation_cases_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES accounts(account_id),
  constraint moderation_cases_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES accounts(account_id),
  constraint moderation_cases_action_check CHECK ((action = ANY (ARRAY['dismiss'::text, 'remove_content'::text, 'warn'::text, 'mute'::text, 'hide_from_search'::text, 'suspend'::text, 'ban'::text, 'reset_avatar'::text, 'reset_name'::text, 'reset_username'::text]))),
  constraint moderation_cases_check CHECK (((state = 'resolved'::text) = (resolved_at IS NOT NULL))),
  constraint moderation_cases_kind_check CHECK ((kind = ANY (ARRAY['report'::text, 'review'::text]))),
  constraint moderation_cases_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text])))
);
CREATE INDEX moderation_cases_accused ON moderation_cases USING btree (accused_id, case_id);
CREATE UNIQUE INDEX moderation_cases_open ON moderation_cases USING btree (accused_id, kind) WHERE (state = 'open'::text);
CREATE INDEX moderation_cases_resolved ON moderation_cases USING btree (resolved_at) WHERE (state = 'resolved'::text);
CREATE INDEX moderation_cases_urgent ON moderation_cases USING btree (priority DESC, case_id) WHERE (state = 'open'::text);

create table notification_settings (
  account_id uuid not null,
  kinds jsonb not null default '{}'::jsonb,
  do_mentions_pass_mute boolean not null default true,
  preview text not null default 'full'::text,
  is_request_text_shown boolean not null default false,
  quiet_from smallint,
  quiet_to smallint,
  match_pushes_per_day smallint not null default 3,
  are_digests_on boolean not null default true,
  constraint notification_settings_pkey PRIMARY KEY (account_id),
  constraint notification_settings_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint notification_settings_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
  constraint notification_settings_match_pushes_per_day_check CHECK (((match_pushes_per_day >= 0) AND (match_pushes_per_day <= 3))),
  constraint notification_settings_preview_check CHECK ((preview = ANY (ARRAY['full'::text, 'name_only'::text, 'none'::text]))),
  constraint notification_settings_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 1439))),
  constraint notification_settings_quiet_to_check CHECK (((quiet_to >= 0) AND (quiet_to <= 1439)))
);

create table notifications (
  notification_id uuid not null,
  account_id uuid not null,
  kind text not null,
  source text not null,
  actor_id uuid,
  data jsonb not null,
  created_at timestamp(3) with time zone not null,
  read_at timestamp(3) with time zone,
  constraint notifications_pkey PRIMARY KEY (notification_id),
  constraint notifications_account_id_kind_source_key UNIQUE (account_id, kind, source),
  constraint notifications_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint notifications_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);
CREATE INDEX notifications_actor ON notifications USING btree (actor_id);
CREATE INDEX notifications_age ON notifications USING btree (created_at);
CREATE INDEX notifications_feed ON notifications USING btree (account_id, notification_id DESC);
CREATE INDEX notifications_unread ON notifications USING btree (account_id) WHERE (read_at IS NULL);

create table outbox_cursors (
  consumer text not null,
  transaction_id xid8 not null,
  event_id bigint not null,
  failures integer not null default 0,
  updated_at timestamp(3) with time zone not null default now(),
  constraint outbox_cursors_pkey PRIMARY KEY (consumer)
);

create table outbox_dead_letters (
  consumer text not null,
  event_id bigint not null,
  type text not null,
  payload jsonb not null,
  error text not null,
  created_at timestamp(3) with time zone not null default now(),
  constraint outbox_dead_letters_pkey PRIMARY KEY (consumer, event_id)
);

create table outbox_events (
  event_id bigint not null generated always as identity,
  transaction_id xid8 not null default pg_current_xact_id(),
  type text not null,
  payload jsonb not null,
  occurred_at timestamp(3) with time zone not null default now(),
  constraint outbox_events_pkey PRIMARY KEY (event_id)
);
CREATE INDEX outbox_events_order ON outbox_events USING btree (transaction_id, event_id);

create table parties (
  party_id uuid not null,
  host_id uuid not null,
  chat_id uuid not null,
  game_id text not null,
  title text not null,
  note text,
  mode text,
  languages text[] not null,
  platform text,
  region text,
  voice text,
  slots jsonb not null,
  size integer not null,
  member_count integer not null,
  is_adult boolean not null,
  state text not null,
  starts_at timestamp(3) with time zone,
  due_at timestamp(3) with time zone,
  remind_at timestamp(3) with time zone,
  started_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  constraint parties_pkey PRIMARY KEY (party_id),
  constraint parties_host_id_fkey FOREIGN KEY (host_id) REFERENCES accounts(account_id),
  constraint parties_check CHECK (((due_at IS NULL) = (state = ANY (ARRAY['finished'::text, 'cancelled'::text])))),
  constraint parties_check1 CHECK ((member_count <= size)),
  constraint parties_state_check CHECK ((state = ANY (ARRAY['open'::text, 'full'::text, 'started'::text, 'finished'::text, 'cancelled'::text]))),
  constraint parties_voice_check CHECK ((voice = ANY (ARRAY['yes'::text, 'no'::text, 'sometimes'::text])))
);
CREATE INDEX parties_due ON parties USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX parties_ended ON parties USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX parties_host ON parties USING btree (host_id, party_id);
CREATE INDEX parties_open ON parties USING btree (game_id, due_at) WHERE (state = 'open'::text);
CREATE INDEX parties_remind ON parties USING btree (remind_at) WHERE (remind_at IS NOT NULL);

create table party_applications (
  application_id uuid not null,
  party_id uuid not null,
  applicant_id uuid not null,
  slot integer,
  note text,
  state text not null default 'pending'::text,
  withdrawn_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  constraint party_applications_pkey PRIMARY KEY (application_id),
  constraint party_applications_applicant_id_fkey FOREIGN KEY (applicant_id) REFERENCES accounts(account_id),
  constraint party_applications_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties(party_id) ON DELETE CASCADE,
  constraint party_applications_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text, 'expired'::text])))
);
CREATE INDEX party_applications_applicant ON party_applications USING btree (applicant_id, created_at);
CREATE INDEX party_applications_party ON party_applications USING btree (party_id, application_id);
CREATE UNIQUE INDEX party_applications_waiting ON party_applications USING btree (party_id, applicant_id) WHERE (state = 'pending'::text);

create table party_members (
  party_id uuid not null,
  account_id uuid not null,
  slot integer not null,
  joined_at timestamp(3) with time zone not null,
  left_at timestamp(3) with time zone,
  left_as text,
  constraint party_members_pkey PRIMARY KEY (party_id, account_id),
  constraint party_members_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint party_members_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties(party_id) ON DELETE CASCADE,
  constraint party_members_check CHECK (((left_at IS NULL) = (left_as IS NULL))),
  constraint party_members_left_as_check CHECK ((left_as = ANY (ARRAY['left'::text, 'removed'::text])))
);
CREATE INDEX party_members_account ON party_members USING btree (account_id, party_id);
CREATE UNIQUE INDEX party_members_slot ON party_members USING btree (party_id, slot) WHERE (left_at IS NULL);

create table poll_votes (
  chat_id uuid not null,
  seq integer not null,
  account_id uuid not null,
  option integer not null,
  created_at timestamp(3) with time zone not null,
  constraint poll_votes_pkey PRIMARY KEY (chat_id, seq, account_id, option),
  constraint poll_votes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint poll_votes_chat_id_seq_fkey FOREIGN KEY (chat_id, seq) REFERENCES messages(chat_id, seq) ON DELETE CASCADE
);
CREATE INDEX poll_votes_account ON poll_votes USING btree (account_id);

create table privacy_settings (
  account_id uuid not null,
  who_may_write text not null,
  constraint privacy_settings_pkey PRIMARY KEY (account_id),
  constraint privacy_settings_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint privacy_settings_who_may_write_check CHECK ((who_may_write = ANY (ARRAY['everyone'::text, 'teammates'::text, 'nobody'::text])))
);

create table profile_games (
  account_id uuid not null,
  game_id text not null,
  level text not null,
  rank text,
  roles text[] not null,
  hours_played integer,
  in_game_name text,
  platform text not null,
  place integer not null,
  constraint profile_games_pkey PRIMARY KEY (account_id, game_id),
  constraint profile_games_account_id_fkey FOREIGN KEY (account_id) REFERENCES profiles(account_id) ON DELETE CASCADE,
  constraint profile_games_level_check CHECK ((level = ANY (ARRAY['main'::text, 'often'::text, 'sometimes'::text])))
);
CREATE INDEX profile_games_game ON profile_games USING btree (game_id);

create table profiles (
  account_id uuid not null,
  display_name text,
  bio text,
  country text,
  region text,
  time_zone text,
  languages text[] not null default '{}'::text[],
  platforms text[] not null default '{}'::text[],
  accepts_crossplay boolean not null default true,
  voice text,
  play_style text,
  genres text[] not null default '{}'::text[],
  availability jsonb not null default '[]'::jsonb,
  looking_for text,
  is_discoverable boolean not null default true,
  vacation_until timestamp(3) with time zone,
  contacts jsonb not null default '[]'::jsonb,
  rating_mean real,
  rating_count integer not null default 0,
  version integer not null default 0,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  avatar_id uuid,
  presence_visibility text not null default 'everyone'::text,
  wishes jsonb not null default '{}'::jsonb,
  constraint profiles_pkey PRIMARY KEY (account_id),
  constraint profiles_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint profiles_play_style_check CHECK ((play_style = ANY (ARRAY['casual'::text, 'competitive'::text]))),
  constraint profiles_presence_visibility_check CHECK ((presence_visibility = ANY (ARRAY['everyone'::text, 'teammates'::text, 'nobody'::text]))),
  constraint profiles_rating_mean_check CHECK (((rating_mean >= (1)::double precision) AND (rating_mean <= (5)::double precision))),
  constraint profiles_region_check CHECK ((region = ANY (ARRAY['europe'::text, 'cis'::text, 'north_america'::text, 'south_america'::text, 'middle_east'::text, 'africa'::text, 'south_asia'::text, 'east_asia'::text, 'southeast_asia'::text, 'oceania'::text]))),
  constraint profiles_voice_check CHECK ((voice = ANY (ARRAY['yes'::text, 'no'::text, 'sometimes'::text])))
);

create table pushes (
  account_id uuid not null,
  device_id uuid not null,
  subject text not null,
  from_seq integer not null default 0,
  push_id uuid not null,
  version integer not null default 0,
  newest_at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone,
  sent_at timestamp(3) with time zone,
  tries integer not null default 0,
  claimed_until timestamp(3) with time zone,
  constraint pushes_pkey PRIMARY KEY (account_id, device_id, subject),
  constraint pushes_account_id_device_id_fkey FOREIGN KEY (account_id, device_id) REFERENCES devices(account_id, device_id) ON DELETE CASCADE
);
CREATE INDEX pushes_due ON pushes USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX pushes_sent ON pushes USING btree (sent_at) WHERE (due_at IS NULL);

create table rater_agreements (
  account_id uuid not null,
  agreement real not null,
  constraint rater_agreements_pkey PRIMARY KEY (account_id),
  constraint rater_agreements_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint rater_agreements_agreement_check CHECK (((agreement >= (0)::double precision) AND (agreement <= (1)::double precision)))
);

create table rating_clock (
  is_only_row boolean not null default true,
  counted_until timestamp(3) with time zone not null,
  recounted_at timestamp(3) with time zone not null,
  constraint rating_clock_pkey PRIMARY KEY (is_only_row),
  constraint rating_clock_is_only_row_check CHECK (is_only_row)
);

create table ratings (
  rating_id uuid not null,
  rater_id uuid not null,
  rated_id uuid not null,
  play integer not null,
  communication integer not null,
  reliability integer not null,
  friendliness integer not null,
  tags text[] not null,
  party_id uuid,
  given_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  revealed_at timestamp(3) with time zone not null,
  removed_at timestamp(3) with time zone,
  constraint ratings_pkey PRIMARY KEY (rating_id),
  constraint ratings_rater_id_rated_id_key UNIQUE (rater_id, rated_id),
  constraint ratings_rated_id_fkey FOREIGN KEY (rated_id) REFERENCES accounts(account_id),
  constraint ratings_rater_id_fkey FOREIGN KEY (rater_id) REFERENCES accounts(account_id),
  constraint ratings_check CHECK ((rater_id <> rated_id)),
  constraint ratings_communication_check CHECK (((communication >= 1) AND (communication <= 5))),
  constraint ratings_friendliness_check CHECK (((friendliness >= 1) AND (friendliness <= 5))),
  constraint ratings_play_check CHECK (((play >= 1) AND (play <= 5))),
  constraint ratings_reliability_check CHECK (((reliability >= 1) AND (reliability <= 5)))
);
CREATE INDEX ratings_rated ON ratings USING btree (rated_id, rating_id);
CREATE INDEX ratings_revealed ON ratings USING btree (revealed_at);

create table reports (
  report_id uuid not null,
  case_id uuid not null,
  reporter_id uuid,
  subject_kind text not null,
  subject jsonb not null,
  subject_key text not null,
  reason text not null,
  comment text,
  evidence text,
  evidence_hash bytea not null,
  has_private_text boolean not null,
  weight real not null,
  severity real not null,
  created_at timestamp(3) with time zone not null,
  outcome text,
  media_ids uuid[] not null default '{}'::uuid[],
  constraint reports_pkey PRIMARY KEY (report_id),
  constraint reports_case_id_reporter_id_subject_key_key UNIQUE (case_id, reporter_id, subject_key),
  constraint reports_case_id_fkey FOREIGN KEY (case_id) REFERENCES moderation_cases(case_id),
  constraint reports_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES accounts(account_id),
  constraint reports_outcome_check CHECK ((outcome = ANY (ARRAY['upheld'::text, 'dismissed'::text]))),
  constraint reports_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['user'::text, 'message'::text, 'chat'::text, 'rating'::text, 'picture'::text, 'text'::text, 'party'::text, 'game_suggestion'::text]))),
  constraint reports_weight_check CHECK (((weight >= (0)::double precision) AND (weight <= (1)::double precision)))
);
CREATE INDEX reports_created ON reports USING btree (created_at);
CREATE INDEX reports_reporter ON reports USING btree (reporter_id, report_id);
CREATE UNIQUE INDEX reports_review ON reports USING btree (case_id, subject_key) WHERE (reporter_id IS NULL);

create table retired_slugs (
  kind text not null,
  slug text not null,
  into_game_id text,
  retired_at timestamp(3) with time zone not null,
  constraint retired_slugs_pkey PRIMARY KEY (kind, slug),
  constraint retired_slugs_into_game_id_fkey FOREIGN KEY (into_game_id) REFERENCES games(game_id) ON DELETE SET NULL,
  constraint retired_slugs_kind_check CHECK ((kind = ANY (ARRAY['game'::text, 'genre'::text])))
);
CREATE INDEX retired_slugs_into ON retired_slugs USING btree (into_game_id);

create table sanctions (
  sanction_id uuid not null,
  account_id uuid not null,
  kind text not null,
  reason text not null,
  words text,
  case_id uuid,
  imposed_by uuid not null,
  imposed_at timestamp(3) with time zone not null,
  ends_at timestamp(3) with time zone,
  lifted_at timestamp(3) with time zone,
  lifted_by uuid,
  expired_at timestamp(3) with time zone,
  constraint sanctions_pkey PRIMARY KEY (sanction_id),
  constraint sanctions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint sanctions_case_id_fkey FOREIGN KEY (case_id) REFERENCES moderation_cases(case_id),
  constraint sanctions_imposed_by_fkey FOREIGN KEY (imposed_by) REFERENCES accounts(account_id),
  constraint sanctions_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES accounts(account_id),
  constraint sanctions_kind_check CHECK ((kind = ANY (ARRAY['warning'::text, 'mute'::text, 'search_ban'::text, 'suspension'::text, 'ban'::text])))
);
CREATE INDEX sanctions_account ON sanctions USING btree (account_id, sanction_id);
CREATE INDEX sanctions_case ON sanctions USING btree (case_id);
CREATE INDEX sanctions_ending ON sanctions USING btree (ends_at) WHERE ((lifted_at IS NULL) AND (expired_at IS NULL));

create table saved_codes (
  account_id uuid not null,
  purpose text not null,
  code_hash bytea not null,
  created_at timestamp(3) with time zone not null,
  used_at timestamp(3) with time zone,
  constraint saved_codes_pkey PRIMARY KEY (account_id, purpose, code_hash),
  constraint saved_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  constraint saved_codes_purpose_check CHECK ((purpose = ANY (ARRAY['recovery'::text, 'totp'::text])))
);
CREATE INDEX saved_codes_used ON saved_codes USING btree (used_at) WHERE (used_at IS NOT NULL);

create table saved_searches (
  saved_search_id uuid not null,
  account_id uuid not null,
  name text not null,
  filters jsonb not null,
  games text[] not null,
  lot real not null default random(),
  created_at timestamp(3) with time zone not null,
  constraint saved_searches_pkey PRIMARY KEY (saved_search_id),
  constraint saved_searches_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id)
);
CREATE INDEX saved_searches_any_game ON saved_searches USING btree (lot) WHERE (games = '{}'::text[]);
CREATE INDEX saved_searches_games ON saved_searches USING gin (games);
CREATE INDEX saved_searches_owner ON saved_searches USING btree (account_id, saved_search_id);

create table search_matches (
  account_id uuid not null,
  match_id uuid not null,
  saved_search_id uuid,
  found_at timestamp(3) with time zone not null,
  announced_at timestamp(3) with time zone,
  constraint search_matches_pkey PRIMARY KEY (account_id, match_id),
  constraint search_matches_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint search_matches_match_id_fkey FOREIGN KEY (match_id) REFERENCES accounts(account_id),
  constraint search_matches_saved_search_id_fkey FOREIGN KEY (saved_search_id) REFERENCES saved_searches(saved_search_id) ON DELETE SET NULL
);
CREATE INDEX search_matches_found ON search_matches USING btree (found_at);
CREATE INDEX search_matches_match ON search_matches USING btree (match_id);
CREATE INDEX search_matches_search ON search_matches USING btree (saved_search_id);
CREATE INDEX search_matches_waiting ON search_matches USING btree (account_id, found_at) WHERE (announced_at IS NULL);

create table sessions (
  session_id uuid not null,
  account_id uuid not null,
  refresh_token_hash bytea not null,
  device_name text,
  created_at timestamp(3) with time zone not null,
  last_used_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  previous_token_hash bytea,
  rotated_at timestamp(3) with time zone,
  sealed_successor bytea,
  is_for_appeal boolean not null default false,
  client_kind text,
  constraint sessions_pkey PRIMARY KEY (session_id),
  constraint sessions_refresh_token_hash_key UNIQUE (refresh_token_hash),
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);
CREATE INDEX sessions_account ON sessions USING btree (account_id);
CREATE INDEX sessions_end ON sessions USING btree (LEAST(ended_at, expires_at));

create table sign_in_failures (
  subject_hash bytea not null,
  failures integer not null,
  last_failed_at timestamp(3) with time zone not null,
  locked_until timestamp(3) with time zone,
  constraint sign_in_failures_pkey PRIMARY KEY (subject_hash)
);
CREATE INDEX sign_in_failures_age ON sign_in_failures USING btree (last_failed_at);

create table staff_acts (
  act_id uuid not null,
  actor_id uuid not null,
  actor_role text not null,
  act text not null,
  subject_id uuid,
  reason text,
  details jsonb,
  occurred_at timestamp(3) with time zone not null,
  constraint staff_acts_pkey PRIMARY KEY (act_id)
);
CREATE INDEX staff_acts_act ON staff_acts USING btree (act, occurred_at);
CREATE INDEX staff_acts_actor ON staff_acts USING btree (actor_id, act_id);
CREATE INDEX staff_acts_occurred ON staff_acts USING btree (occurred_at, act_id);
CREATE INDEX staff_acts_subject ON staff_acts USING btree (subject_id, act_id);

create table teammate_requests (
  request_id uuid not null,
  sender_id uuid not null,
  recipient_id uuid not null,
  game_id text,
  note text,
  state text not null default 'pending'::text,
  created_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  constraint teammate_requests_pkey PRIMARY KEY (request_id),
  constraint teammate_requests_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES accounts(account_id),
  constraint teammate_requests_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES accounts(account_id),
  constraint teammate_requests_check CHECK ((sender_id <> recipient_id)),
  constraint teammate_requests_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text])))
);
CREATE INDEX teammate_requests_incoming ON teammate_requests USING btree (recipient_id, request_id) WHERE (state = 'pending'::text);
CREATE INDEX teammate_requests_outgoing ON teammate_requests USING btree (sender_id, request_id);
CREATE INDEX teammate_requests_pair ON teammate_requests USING btree (sender_id, recipient_id, created_at);
CREATE INDEX teammate_requests_recipient ON teammate_requests USING btree (recipient_id, created_at);

create table teammates (
  account_id uuid not null,
  teammate_id uuid not null,
  since timestamp(3) with time zone not null,
  parted_at timestamp(3) with time zone,
  constraint teammates_pkey PRIMARY KEY (account_id, teammate_id),
  constraint teammates_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  constraint teammates_teammate_id_fkey FOREIGN KEY (teammate_id) REFERENCES accounts(account_id),
  constraint teammates_check CHECK ((account_id <> teammate_id))
);
CREATE INDEX teammates_teammate ON teammates USING btree (teammate_id);

create table text_rules (
  rule_id uuid not null,
  kind text not null,
  language text not null,
  text text not null,
  action text not null,
  exceptions text[] not null,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  constraint text_rules_pkey PRIMARY KEY (rule_id),
  constraint text_rules_kind_language_text_key UNIQUE (kind, language, text),
  constraint text_rules_created_by_fkey FOREIGN KEY (created_by) REFERENCES accounts(account_id),
  constraint text_rules_action_check CHECK ((action = ANY (ARRAY['block'::text, 'mask'::text, 'hold'::text]))),
  constraint text_rules_kind_check CHECK ((kind = ANY (ARRAY['word'::text, 'root'::text]))),
  constraint text_rules_language_check CHECK ((language = ANY (ARRAY['en'::text, 'ru'::text])))
);

create table totp (
  account_id uuid not null,
  secret bytea not null,
  created_at timestamp(3) with time zone not null,
  confirmed_at timestamp(3) with time zone,
  last_step bigint not null default 0,
  constraint totp_pkey PRIMARY KEY (account_id),
  constraint totp_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);
