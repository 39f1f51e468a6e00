import type { Static } from 'typebox';
import { type AccountFacts, mayActOn } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Locale } from '#platform/errors.ts';
import type { ListedCaseRow } from './queries/cases.ts';
import type { Case, CaseNote } from './schemas/cases.ts';
import type { Report } from './schemas/reports.ts';
import type { Appeal, MySanction, Sanction } from './schemas/sanctions.ts';
import type { TextRule } from './schemas/text-rules.ts';
import type { AppealRow, NoteRow, ReportRow, SanctionRow, TextRuleRow } from './tables.ts';
import { outcomeWords, reasonWords } from './words.ts';

export function presentReport(row: ReportRow, locale: Locale): Static<typeof Report> {
  return {
    reportId: row.report_id,
    subject: row.subject,
    reason: row.reason,
    ...(row.comment !== null && { comment: row.comment }),
    createdAt: row.created_at,
    state: row.outcome === null ? 'open' : 'resolved',
    ...(row.outcome !== null && { outcome: row.outcome, outcomeText: outcomeWords(row.outcome, locale).text }),
  };
}

export function presentCase(
  row: ListedCaseRow,
  accused: Pick<AccountFacts, 'accountId' | 'username' | 'role'>,
  actor: Actor,
  now: Date,
): Static<typeof Case> {
  const isOpen = row.state === 'open';
  const isClaimed = row.claimed_until !== null && row.claimed_until > now;
  const isMine = isClaimed && row.claimed_by === actor.accountId;
  const mayDecide = isOpen && mayDecideAbout(actor, accused) && (!isClaimed || isMine);
  return {
    caseId: row.case_id,
    kind: row.kind,
    accused: presentAccused(accused),
    state: row.state,
    reasons: row.reasons,
    subjectKinds: row.subject_kinds,
    reportCount: row.report_count,
    priority: row.priority,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    ageSeconds: Math.floor(((row.resolved_at ?? now).getTime() - row.opened_at.getTime()) / 1_000),
    isOverdue: isOpen && row.due_at <= now,
    ...(isClaimed && row.claimed_by !== null && { claimedBy: row.claimed_by }),
    ...(isClaimed && row.claimed_until !== null && { claimedUntil: row.claimed_until }),
    ...(row.resolved_at !== null && { resolvedAt: row.resolved_at }),
    ...(row.resolved_by !== null && { resolvedBy: row.resolved_by }),
    ...(row.action !== null && { action: row.action }),
    can: { claim: mayDecide, release: isMine, resolve: mayDecide },
  };
}

/** Not about themself, and only about people whose role is below (administrators: also about each other). */
export const mayDecideAbout = (actor: Actor, accused: Pick<AccountFacts, 'accountId' | 'role'>): boolean =>
  accused.accountId !== actor.accountId && mayActOn(actor, accused.role);

export const presentAccused = ({
  accountId,
  username,
  role,
}: Pick<AccountFacts, 'accountId' | 'username' | 'role'>) => ({
  userId: accountId,
  username,
  role,
});

export const presentNote = (row: NoteRow): Static<typeof CaseNote> => ({
  noteId: row.note_id,
  caseId: row.case_id,
  authorId: row.author_id,
  text: row.text,
  createdAt: row.created_at,
});

export const isInForce = ({ lifted_at, ends_at }: Pick<SanctionRow, 'lifted_at' | 'ends_at'>, now: Date): boolean =>
  lifted_at === null && (ends_at === null || ends_at > now);

export const presentSanction = (row: SanctionRow, now: Date): Static<typeof Sanction> => ({
  sanctionId: row.sanction_id,
  userId: row.account_id,
  kind: row.kind,
  reason: row.reason,
  ...(row.words !== null && { words: row.words }),
  imposedBy: row.imposed_by,
  imposedAt: row.imposed_at,
  ...(row.ends_at !== null && { endsAt: row.ends_at }),
  ...(row.lifted_at !== null && { liftedAt: row.lifted_at }),
  ...(row.lifted_by !== null && { liftedBy: row.lifted_by }),
  isActive: isInForce(row, now),
  ...(row.case_id !== null && { caseId: row.case_id }),
});

/** Who decided is not told to the person. */
export function presentMySanction(
  row: SanctionRow,
  appeal: AppealRow | undefined,
  locale: Locale,
  now: Date,
): Static<typeof MySanction> {
  return {
    sanctionId: row.sanction_id,
    kind: row.kind,
    reason: row.reason,
    reasonText: reasonWords(row.reason, locale),
    ...(row.words !== null && { words: row.words }),
    imposedAt: row.imposed_at,
    ...(row.ends_at !== null && { endsAt: row.ends_at }),
    isActive: isInForce(row, now),
    canAppeal: isInForce(row, now) && !appeal,
    ...(appeal && { appeal: appeal.decision ?? 'waiting' }),
    ...(appeal?.answer && { appealAnswer: appeal.answer }),
  };
}

export const presentAppeal = (row: AppealRow): Static<typeof Appeal> => ({
  appealId: row.appeal_id,
  sanctionId: row.sanction_id,
  userId: row.account_id,
  text: row.text,
  createdAt: row.created_at,
  ...(row.decision !== null && { decision: row.decision }),
  ...(row.answer !== null && { answer: row.answer }),
  ...(row.decided_at !== null && { decidedAt: row.decided_at }),
});

export const presentTextRule = (row: TextRuleRow): Static<typeof TextRule> => ({
  ruleId: row.rule_id,
  kind: row.kind,
  language: row.language,
  text: row.text,
  action: row.action,
  exceptions: row.exceptions,
  createdBy: row.created_by,
  createdAt: row.created_at,
});
