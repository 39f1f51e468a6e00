import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = [
  'moderation_cases',
  'reports',
  'case_notes',
  'sanctions',
  'appeals',
  'text_rules',
  'first_words',
  'daily_counts',
] as const satisfies readonly (keyof Tables)[];

export type CaseRow = Selectable<Tables['moderation_cases']>;
export type ReportRow = Omit<Selectable<Tables['reports']>, 'subject'> & { subject: Subject };
export type NoteRow = Selectable<Tables['case_notes']>;
export type SanctionRow = Selectable<Tables['sanctions']>;
export type AppealRow = Selectable<Tables['appeals']>;
export type TextRuleRow = Selectable<Tables['text_rules']>;

/** What a report is about. `text`: something that the text rules held for review, in the field that it stands in. */
export type Subject = {
  kind: ReportRow['subject_kind'];
  userId?: string;
  chatId?: string;
  seq?: number;
  ratingId?: string;
  mediaId?: string;
  suggestionId?: string;
  partyId?: string;
  field?: string;
};
