import { type Static, Type } from 'typebox';
import { pageOf } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { reasons } from '../reasons.ts';
import { ReportSubject, Subject } from './subjects.ts';

export const ReportBody = model(
  'ReportBody',
  strictObject({
    subject: ref(ReportSubject),
    reason: enumOf(reasons),
    comment: Type.Optional(Type.String({ maxLength: 1_000 })),
  }),
);
export type ReportBody = Static<typeof ReportBody>;

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
