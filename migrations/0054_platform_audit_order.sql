-- Up Migration

-- For reading the log of the staff's acts from its end, whole or by what was done.
create index staff_acts_occurred on staff_acts (occurred_at, act_id);
create index staff_acts_act on staff_acts (act, occurred_at);
