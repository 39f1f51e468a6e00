import type { Actor } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Queryable, Tx } from './database.ts';
import { exportRows } from './exports.ts';
import type { Ids } from './ids.ts';

export type StaffAct = {
  actor: Pick<Actor, 'accountId' | 'role'>;
  /** What was done, as `account.suspended`: the kind of thing, then the act in the past tense. */
  act: string;
  /** Whom or what it was done to. */
  subjectId?: string;
  reason?: string;
  details?: Record<string, unknown>;
};

/** Records an act of the staff in the transaction that does it. The table takes no change and no deletion. */
export type Audit = (tx: Tx, act: StaffAct) => Promise<void>;

export const createAudit =
  (clock: Clock, ids: Ids): Audit =>
  async (tx, { actor, act, subjectId, reason, details }) => {
    await tx
      .insertInto('staff_acts')
      .values({
        act_id: ids.next(),
        actor_id: actor.accountId,
        actor_role: actor.role,
        act,
        subject_id: subjectId ?? null,
        reason: reason ?? null,
        details: details ? JSON.stringify(details) : null,
        occurred_at: clock.now(),
      })
      .execute();
  };

/**
 * What staff did about somebody, for that person; who it was is the staff's own business. That there is a case would tell
 * that somebody reported them, and of which chat; what came of it for them is a sanction.
 */
export const exportActsAbout = (db: Queryable, accountId: string): AsyncIterable<object> =>
  exportRows(db, 'staff_acts', {
    where: { subject_id: accountId },
    key: ['act_id'],
    without: ['subject_id', 'actor_id', 'actor_role'],
    mask: (row) => (row.act.startsWith('case.') ? undefined : row),
  });

/** What somebody did as staff, for that person. */
export const exportActsOf = (db: Queryable, accountId: string): AsyncIterable<object> =>
  exportRows(db, 'staff_acts', { where: { actor_id: accountId }, key: ['act_id'], without: ['actor_id'] });
