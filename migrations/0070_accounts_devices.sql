-- Up Migration

-- Program and system that opened the session, in a few words of ours: a sign-in from another kind is told to the owner.
-- Absent for sessions opened before this was noted.
alter table sessions add column client_kind text;
