import { type Static, Type } from 'typebox';
import { pageOf } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { reasons } from '../reasons.ts';
import { Accused, Case, CaseNote, toThePerson, Until } from './cases.ts';
import { longText } from './subjects.ts';

export const sanctionKinds = ['warning', 'mute', 'search_ban', 'suspension', 'ban'] as const;

export type SanctionKind = (typeof sanctionKinds)[number];

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
    },
    { description: 'What moderators know of a person; a hundred of each at most.' },
  ),
);

export const UserParams = strictObject({ userId: Uuid });
