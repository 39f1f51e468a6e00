-- Up Migration

-- What was held for review stands once in its case, however often the client repeats it.
create unique index reports_review on reports (case_id, subject_key) where reporter_id is null;
