import { Readable } from 'node:stream';
import { type Static, Type } from 'typebox';
import type { Audit } from './audit.ts';
import { findStaffActs, type StaffActFilter, type StaffActPlace, type StaffActRow } from './audit-queries.ts';
import type { Database } from './database.ts';
import { type Door, door } from './door.ts';
import { type Cursors, DEFAULT_LIMIT, pageOf, pageQuery } from './paging.ts';
import { model, ref, strictObject, Timestamp, TimestampInput, Uuid } from './schemas.ts';

const StaffAct = model(
  'StaffAct',
  Type.Object(
    {
      actId: Uuid,
      actorId: Uuid,
      actorRole: Type.String(),
      act: Type.String({ description: 'The kind of thing, then what was done to it: `account.suspended`.' }),
      subjectId: Type.Optional({ ...Uuid, description: 'Whom or what it was done to.' }),
      reason: Type.Optional(Type.String()),
      details: Type.Optional(
        Type.Object({}, { additionalProperties: true, description: 'What was before and after, and the like.' }),
      ),
      occurredAt: Timestamp,
    },
    { description: 'Something that a member of the staff did. It can be neither changed nor deleted.' },
  ),
);
const StaffActPage = model('StaffActPage', pageOf(ref(StaffAct)));

const filters = {
  actorId: Type.Optional({ ...Uuid, description: 'Who did it.' }),
  subjectId: Type.Optional({ ...Uuid, description: 'Whom or what it was done to.' }),
  act: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'Such as `case.resolved`.' })),
  from: Type.Optional(TimestampInput),
  to: Type.Optional({ ...TimestampInput, description: 'Exclusive.' }),
};
const FilterQuery = strictObject(filters);
const PageQuery = strictObject({ ...filters, ...pageQuery });
const Place = Type.Object({ occurredAt: Type.String(), actId: Type.String() });

/** A body that is written as it is read. */
const NdjsonStream = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

const EXPORT_PAGE = 500;

/** The log of what the staff did, for administrators. Reading a page of it is no act; taking all of it out is. */
export const auditRoutes = (tools: { db: Database; cursors: Cursors; audit: Audit }): Door[] => [
  door({
    operationId: 'listAuditLog',
    method: 'GET',
    path: '/v1/admin/audit-log',
    tag: 'administration',
    summary: 'What the staff did, the latest first',
    access: 'audit.read',
    query: PageQuery,
    status: 200,
    answer: StaffActPage,
    async handle({ query: { limit = DEFAULT_LIMIT, cursor, ...filter } }) {
      const { db, cursors } = tools;
      const place = cursor === undefined ? undefined : cursors.open('listAuditLog', Place, cursor);
      const before = place && { occurredAt: new Date(place.occurredAt), actId: place.actId };
      const rows = await findStaffActs(db.read, readFilter(filter), limit + 1, before);
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      const next = last && cursors.seal('listAuditLog', { occurredAt: last.occurred_at, actId: last.act_id });
      return { items: shown.map(presentAct), ...(next !== undefined && { nextCursor: next }) };
    },
  }),
  door({
    operationId: 'exportAuditLog',
    method: 'GET',
    path: '/v1/admin/audit-log/export',
    tag: 'administration',
    summary: 'The same as a stream: one JSON object a line',
    description: 'All that the filters choose, the latest first. That it was taken out is an act itself.',
    access: 'audit.read',
    query: FilterQuery,
    status: 200,
    answer: NdjsonStream,
    answerTypes: ['application/x-ndjson'],
    async handle({ actor, query }) {
      await tools.db.transaction((tx) => tools.audit(tx, { actor, act: 'audit_log.exported', details: query }));
      return Readable.from(writeLines(tools.db, readFilter(query)));
    },
  }),
];

/** Page by page, as fast as the client reads. */
async function* writeLines(db: Database, filter: StaffActFilter): AsyncGenerator<string> {
  let before: StaffActPlace | undefined;
  for (;;) {
    const rows = await findStaffActs(db.read, filter, EXPORT_PAGE, before);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => `${JSON.stringify(presentAct(row))}\n`).join('');
    before = { occurredAt: last.occurred_at, actId: last.act_id };
  }
}

const readFilter = ({ from, to, ...rest }: Static<typeof FilterQuery>): StaffActFilter => ({
  ...rest,
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
});

const presentAct = (row: StaffActRow): Static<typeof StaffAct> => ({
  actId: row.act_id,
  actorId: row.actor_id,
  actorRole: row.actor_role,
  act: row.act,
  ...(row.subject_id !== null && { subjectId: row.subject_id }),
  ...(row.reason !== null && { reason: row.reason }),
  ...(row.details !== null && { details: row.details as object }),
  occurredAt: row.occurred_at,
});
