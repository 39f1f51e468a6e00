-- Up Migration

-- Parties can be reported, too.
alter table reports drop constraint reports_subject_kind_check;
alter table reports add constraint reports_subject_kind_check
  check (subject_kind in ('user', 'message', 'chat', 'rating', 'picture', 'party', 'text'));
