import { Type } from 'typebox';
import { model, ref, Timestamp } from '#platform/schemas.ts';

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
