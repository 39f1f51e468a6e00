-- Up Migration

-- `game_suggestion`: a game that somebody said is missing. `party`: an open team.
alter table reports drop constraint reports_subject_kind_check;
alter table reports add constraint reports_subject_kind_check
  check (subject_kind in ('user', 'message', 'chat', 'rating', 'picture', 'text', 'party', 'game_suggestion'));
