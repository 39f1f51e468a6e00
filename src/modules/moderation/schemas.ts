import { type Static, Type } from 'typebox';
import { Picture } from '#modules/media/index.ts';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, TimestampInput, Uuid } from '#platform/schemas.ts';
import { reasons } from './reasons.ts';
import { ruleActions } from './text/text-policy.ts';

export const reportKinds = ['user', 'message', 'chat', 'rating', 'picture', 'party', 'game_suggestion'] as const;
export const subjectKinds = [...reportKinds, 'text'] as const;
export const caseActions = [
  'dismiss',
  'remove_content',
  'warn',
  'mute',
  'hide_from_search',
  'suspend',
  'ban',
  'reset_avatar',
  'reset_name',
  'reset_username',
] as const;
export type CaseAction = (typeof caseActions)[number];
export const sanctionKinds = ['warning', 'mute', 'search_ban', 'suspension', 'ban'] as const;
export type SanctionKind = (typeof sanctionKinds)[number];

const Seq = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
const longText = (description: string) => Type.String({ minLength: 1, maxLength: 2_000, description });

export const ReportSubject = model(
  'ReportSubject',
  strictObject(
    {
      kind: enumOf(reportKinds),
      userId: Type.Optional({ ...Uuid, description: 'Of `user`; of `picture` when it is an avatar.' }),
      chatId: Type.Optional({ ...Uuid, description: 'Of `chat` and `message`; of `picture` when it is in a message.' }),
      seq: Type.Optional({ ...Seq, description: 'Beside `chatId`, of `message` and of a `picture` in one.' }),
      ratingId: Type.Optional({ ...Uuid, description: 'Of `rating`: one that the caller was given.' }),
      mediaId: Type.Optional({ ...Uuid, description: 'Of `picture`.' }),
      suggestionId: Type.Optional({
        ...Uuid,
        description: 'Of `game_suggestion`; for those who care for the catalogue.',
      }),
      partyId: Type.Optional({ ...Uuid, description: 'Of `party`.' }),
    },
    { description: 'What is reported; the ids that its kind needs, and no others.' },
  ),
);
export type ReportSubject = Static<typeof ReportSubject>;

export const ReportBody = model(
  'ReportBody',
  strictObject({
    subject: ref(ReportSubject),
    reason: enumOf(reasons),
    comment: Type.Optional(Type.String({ maxLength: 1_000 })),
  }),
);
export type ReportBody = Static<typeof ReportBody>;

const Subject = model(
  'ReportedSubject',
  Type.Object({
    kind: openEnum(subjectKinds),
    userId: Type.Optional(Uuid),
    chatId: Type.Optional(Uuid),
    seq: Type.Optional(Type.Integer()),
    ratingId: Type.Optional(Uuid),
    mediaId: Type.Optional(Uuid),
    suggestionId: Type.Optional(Uuid),
    partyId: Type.Optional(Uuid),
    field: Type.Optional(Type.String({ description: 'Of a text that was held for review: where it stands.' })),
  }),
);

export const Report = model(
  'Report',
  Type.Object(
    {
      reportId: Uuid,
      subject: ref(Subject),
      reason: openEnum(reasons),
      comment: Type.Optional(Type.String()),
      createdAt: Timestamp,
      state: openEnum(['open', 'resolved'] as const),
      outcome: Type.Optional(openEnum(['upheld', 'dismissed'] as const)),
      outcomeText: Type.Optional(Type.String({ description: 'The same in words, by `Accept-Language`.' })),
    },
    { description: 'A report as its sender sees it.' },
  ),
);
export const ReportPage = model('ReportPage', pageOf(ref(Report)));
export const ReportReceipt = model(
  'ReportReceipt',
  Type.Object({
    report: ref(Report),
    suggest: Type.Array(openEnum(['block', 'hide'] as const), { description: 'What the app may offer now.' }),
  }),
);

const Accused = model('Accused', Type.Object({ userId: Uuid, username: Type.String(), role: Type.String() }));
const CaseRights = model(
  'CaseRights',
  Type.Object(
    { claim: Type.Boolean(), release: Type.Boolean(), resolve: Type.Boolean() },
    { description: 'What the caller may do with the case now.' },
  ),
);
export const Case = model(
  'Case',
  Type.Object(
    {
      caseId: Uuid,
      kind: openEnum(['report', 'review'] as const, {
        description: '`review`: the text rules let something pass and want it looked at.',
      }),
      accused: ref(Accused),
      state: openEnum(['open', 'resolved'] as const),
      reasons: Type.Array(openEnum(reasons)),
      subjectKinds: Type.Array(openEnum(subjectKinds)),
      reportCount: Type.Integer(),
      priority: Type.Number({ description: 'Sum over reporters of what their word is worth × how grave it is.' }),
      openedAt: Timestamp,
      dueAt: Timestamp,
      ageSeconds: Type.Integer({ description: 'Until now, or until it was resolved.' }),
      isOverdue: Type.Boolean({ description: 'Open for more than 24 hours.' }),
      claimedBy: Type.Optional(Uuid),
      claimedUntil: Type.Optional(Timestamp),
      resolvedAt: Type.Optional(Timestamp),
      resolvedBy: Type.Optional(Uuid),
      action: Type.Optional(openEnum(caseActions)),
      can: ref(CaseRights),
    },
    { description: 'All that is reported of one person at one time.' },
  ),
);
export const CasePage = model('CasePage', pageOf(ref(Case)));

const Evidence = model(
  'Evidence',
  Type.Object({}, { additionalProperties: true, description: 'By the kind of the subject: see docs/moderation.md.' }),
);
const CaseReport = model(
  'CaseReport',
  Type.Object({
    reportId: Uuid,
    reporterId: Type.Optional({ ...Uuid, description: 'Absent when the text rules held something.' }),
    subject: ref(Subject),
    reason: openEnum(reasons),
    comment: Type.Optional(Type.String()),
    createdAt: Timestamp,
    weight: Type.Number({ description: 'What the word of the reporter was worth then, 0..1.' }),
    outcome: Type.Optional(openEnum(['upheld', 'dismissed'] as const)),
    evidence: Type.Optional(ref(Evidence)),
    evidenceSha256: Type.String({ description: 'Of the evidence as it was stored, in hex.' }),
    pictures: Type.Array(ref(Picture), { description: 'What it shows, whether its owner still has it or not.' }),
  }),
);
export const CaseNote = model(
  'CaseNote',
  Type.Object({ noteId: Uuid, caseId: Uuid, authorId: Uuid, text: Type.String(), createdAt: Timestamp }),
);
export const CaseFile = model(
  'CaseFile',
  Type.Object({
    case: ref(Case),
    reports: Type.Array(ref(CaseReport), { description: 'The latest first, a hundred at most.' }),
    notes: Type.Array(ref(CaseNote)),
  }),
);

export const CasesQuery = strictObject({
  state: Type.Optional(enumOf(['open', 'resolved'] as const, { description: 'Default: open.' })),
  kind: Type.Optional(enumOf(['report', 'review'] as const)),
  reason: Type.Optional(enumOf(reasons)),
  subjectKind: Type.Optional(enumOf(subjectKinds)),
  accusedId: Type.Optional(Uuid),
  overdue: Type.Optional(Type.Boolean()),
  sort: Type.Optional(enumOf(['urgent', 'oldest'] as const, { description: 'Default: the most urgent first.' })),
  ...pageQuery,
});
export type CasesQuery = Static<typeof CasesQuery>;
export const CaseParams = strictObject({ caseId: Uuid });
export const PageQuery = strictObject(pageQuery);

export const NoteBody = model('NoteBody', strictObject({ text: longText('For the staff alone.') }));

const Until = {
  ...TimestampInput,
  description: 'The end. Mute and suspension must have one; without it the others last until they are lifted.',
};
const toThePerson = Type.Optional(longText('To the person, in your own words.'));

export const ResolveBody = model(
  'ResolveBody',
  strictObject({
    action: enumOf(caseActions),
    reason: Type.Optional(
      enumOf(reasons, { description: 'Of the sanction. Default: what was reported most gravely.' }),
    ),
    words: toThePerson,
    until: Type.Optional(Until),
    removeContent: Type.Optional(
      Type.Boolean({ description: 'With a sanction: what was reported is removed in the same step.' }),
    ),
    note: Type.Optional(longText('For the staff alone.')),
  }),
);
export type ResolveBody = Static<typeof ResolveBody>;

export const Sanction = model(
  'Sanction',
  Type.Object(
    {
      sanctionId: Uuid,
      userId: Uuid,
      kind: openEnum(sanctionKinds),
      reason: openEnum(reasons),
      words: Type.Optional(Type.String()),
      imposedBy: Uuid,
      imposedAt: Timestamp,
      endsAt: Type.Optional(Timestamp),
      liftedAt: Type.Optional(Timestamp),
      liftedBy: Type.Optional(Uuid),
      isActive: Type.Boolean(),
      caseId: Type.Optional(Uuid),
    },
    { description: 'A sanction as the staff see it.' },
  ),
);
export const SanctionBody = model(
  'SanctionBody',
  strictObject({
    userId: Uuid,
    kind: enumOf(sanctionKinds),
    reason: enumOf(reasons),
    words: toThePerson,
    until: Type.Optional(Until),
  }),
);
export type SanctionBody = Static<typeof SanctionBody>;
export const SanctionParams = strictObject({ sanctionId: Uuid });
export const LiftQuery = strictObject({ reason: Type.String({ minLength: 1, maxLength: 500 }) });

export const MySanction = model(
  'MySanction',
  Type.Object(
    {
      sanctionId: Uuid,
      kind: openEnum(sanctionKinds),
      reason: openEnum(reasons),
      reasonText: Type.String({ description: 'By `Accept-Language`.' }),
      words: Type.Optional(Type.String({ description: 'What the moderator wrote to the person.' })),
      imposedAt: Timestamp,
      endsAt: Type.Optional(Timestamp),
      isActive: Type.Boolean(),
      canAppeal: Type.Boolean(),
      appeal: Type.Optional(
        openEnum(['waiting', 'upheld', 'lifted'] as const, {
          description: '`upheld`: the sanction stays; `lifted`: it was taken back.',
        }),
      ),
      appealAnswer: Type.Optional(Type.String()),
    },
    { description: 'A sanction as the person sees it.' },
  ),
);
export const MySanctionList = model('MySanctionList', pageOf(ref(MySanction)));

export const AppealBody = model(
  'AppealBody',
  strictObject({ sanctionId: Uuid, text: longText('Why the decision is wrong.') }),
);
export const Appeal = model(
  'Appeal',
  Type.Object({
    appealId: Uuid,
    sanctionId: Uuid,
    userId: Uuid,
    text: Type.String(),
    createdAt: Timestamp,
    decision: Type.Optional(openEnum(['upheld', 'lifted'] as const)),
    answer: Type.Optional(Type.String()),
    decidedAt: Type.Optional(Timestamp),
  }),
);
const StaffAppeal = model(
  'StaffAppeal',
  Type.Object({
    appeal: ref(Appeal),
    sanction: ref(Sanction),
    canDecide: Type.Boolean({ description: 'Not by who imposed the sanction.' }),
  }),
);
export const AppealPage = model('AppealPage', pageOf(ref(StaffAppeal)));
export const AppealParams = strictObject({ appealId: Uuid });
export const DecisionBody = model(
  'DecisionBody',
  strictObject({
    decision: enumOf(['upheld', 'lifted'] as const),
    answer: longText('To the person.'),
  }),
);

const ReportTally = model(
  'ReportTally',
  Type.Object({ upheld: Type.Integer(), dismissed: Type.Integer(), waiting: Type.Integer() }),
);
export const UserHistory = model(
  'UserHistory',
  Type.Object(
    {
      user: ref(Accused),
      isActive: Type.Boolean({ description: 'Neither suspended, banned nor erased.' }),
      sanctions: Type.Array(ref(Sanction)),
      cases: Type.Array(ref(Case), { description: 'About this person, the latest first.' }),
      notes: Type.Array(ref(CaseNote)),
      reportsMade: ref(ReportTally),
      canSanction: Type.Boolean(),
    },
    { description: 'What moderators know of a person; a hundred of each at most.' },
  ),
);
export const UserParams = strictObject({ userId: Uuid });

const ruleWord = Type.String({ minLength: 2, maxLength: 60 });
const textRuleFields = {
  kind: enumOf(['word', 'root'] as const, {
    description: '`word`: as it is; `root`: at the start, or behind a prefix.',
  }),
  language: enumOf(['en', 'ru'] as const),
};
export const TextRule = model(
  'TextRule',
  Type.Object({
    ruleId: Uuid,
    ...textRuleFields,
    text: Type.String(),
    action: openEnum(ruleActions),
    exceptions: Type.Array(Type.String(), { description: 'Words that hold one of these are let alone.' }),
    createdBy: Uuid,
    createdAt: Timestamp,
  }),
);
export const TextRulePage = model('TextRulePage', pageOf(ref(TextRule)));
export const TextRuleBody = model(
  'TextRuleBody',
  strictObject({
    ...textRuleFields,
    text: ruleWord,
    action: enumOf(ruleActions),
    exceptions: Type.Optional(Type.Array(ruleWord, { maxItems: 50 })),
  }),
);
export const TextRuleParams = strictObject({ ruleId: Uuid });

const Spans = model(
  'Spans',
  Type.Object({ day: Type.Integer(), week: Type.Integer(), month: Type.Integer({ description: '30 days.' }) }),
);
const AccountFigures = model(
  'AccountFigures',
  Type.Object({
    total: Type.Integer(),
    registered: ref(Spans),
    active: ref(Spans),
    suspended: Type.Integer(),
    banned: Type.Integer(),
  }),
);
const DayFigures = model(
  'DayFigures',
  Type.Object({
    day: Type.String({ format: 'date' }),
    registrations: Type.Integer(),
    searches: Type.Integer(),
    requestsSent: Type.Integer(),
    requestsAccepted: Type.Integer(),
    messages: Type.Integer(),
    reports: Type.Integer(),
    mailsSent: Type.Integer(),
    mailsFailed: Type.Integer({ description: 'Tries; a letter is tried again.' }),
    pushesSent: Type.Integer(),
    pushesFailed: Type.Integer({ description: 'Tries, and pushes that Apple refused.' }),
  }),
);
const CaseFigures = model(
  'CaseFigures',
  Type.Object({
    open: Type.Integer(),
    overdue: Type.Integer(),
    oldestAt: Type.Optional(Timestamp),
    resolvedInMonth: Type.Integer(),
    medianSecondsToResolve: Type.Optional(Type.Integer()),
  }),
);
const JobFigures = model(
  'JobFigures',
  Type.Object({
    kind: Type.String({ description: 'Such as `accounts.mail`.' }),
    waiting: Type.Integer(),
    failed: Type.Integer({ description: 'Given up: see `GET /v1/admin/failed-jobs`.' }),
    oldestAt: Type.Optional(Type.Unsafe<Date>({ ...Timestamp, description: 'The oldest that waits.' })),
  }),
);
export const Statistics = model(
  'Statistics',
  Type.Object({
    gatheredAt: Timestamp,
    accounts: ref(AccountFigures),
    days: Type.Array(ref(DayFigures), { description: 'The last 30, today first.' }),
    cases: ref(CaseFigures),
    jobs: Type.Array(ref(JobFigures)),
  }),
);
