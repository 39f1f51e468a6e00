import { sql } from 'kysely';
import type { Queryable } from './database.ts';

export type StaffActFilter = { actorId?: string; subjectId?: string; act?: string; from?: Date; to?: Date };
export type StaffActPlace = { occurredAt: Date; actId: string };
export type StaffActRow = Awaited<ReturnType<typeof findStaffActs>>[number];

/** Acts of the staff, the latest first. */
export const findStaffActs = (
  db: Queryable,
  { actorId, subjectId, act, from, to }: StaffActFilter,
  limit: number,
  before: StaffActPlace | undefined,
) =>
  db
    .selectFrom('staff_acts')
    .selectAll()
    .$if(actorId !== undefined, (all) => all.where('actor_id', '=', actorId ?? ''))
    .$if(subjectId !== undefined, (all) => all.where('subject_id', '=', subjectId ?? ''))
    .$if(act !== undefined, (all) => all.where('act', '=', act ?? ''))
    .$if(from !== undefined, (all) => all.where('occurred_at', '>=', from ?? new Date(0)))
    .$if(to !== undefined, (all) => all.where('occurred_at', '<', to ?? new Date(0)))
    .$if(before !== undefined, (all) =>
      all.where(sql<boolean>`(occurred_at, act_id) < (${before?.occurredAt}, ${before?.actId}::uuid)`),
    )
    .orderBy('occurred_at', 'desc')
    .orderBy('act_id', 'desc')
    .limit(limit)
    .execute();
