-- Up Migration

-- Who of the staff did what to whom, when and why. Rows are added and never changed.
create table staff_acts (
  act_id uuid primary key,
  actor_id uuid not null,
  actor_role text not null,
  act text not null,
  subject_id uuid,
  reason text,
  details jsonb,
  occurred_at timestamptz(3) not null
);
create index staff_acts_actor on staff_acts (actor_id, act_id);
create index staff_acts_subject on staff_acts (subject_id, act_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger staff_acts_append_only before update or delete on staff_acts
  for each row execute function refuse_change();
create trigger staff_acts_no_truncate before truncate on staff_acts
  for each statement execute function refuse_change();
