import { type Static, Type } from 'typebox';
import { Picture } from '#modules/media/index.ts';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, TimestampInput, Uuid } from '#platform/schemas.ts';
import { reasons } from '../reasons.ts';
import { longText, Subject, subjectKinds } from './subjects.ts';

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

export const Accused = model('Accused', Type.Object({ userId: Uuid, username: Type.String(), role: Type.String() }));

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

export const Until = {
  ...TimestampInput,
  description: 'The end. Mute and suspension must have one; without it the others last until they are lifted.',
};

export const toThePerson = Type.Optional(longText('To the person, in your own words.'));

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
