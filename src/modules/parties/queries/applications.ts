import { type Insertable, sql } from 'kysely';
import { type Queryable, type Tx } from '#platform/database.ts';
import { type Tables } from '#platform/tables.generated.ts';
import { type ApplicationRow } from '../tables.ts';

export const insertApplication = (tx: Tx, row: Insertable<Tables['party_applications']>): Promise<ApplicationRow> =>
  tx.insertInto('party_applications').values(row).returningAll().executeTakeFirstOrThrow();

export const findApplication = (
  db: Queryable,
  partyId: string,
  applicationId: string,
): Promise<ApplicationRow | undefined> =>
  db
    .selectFrom('party_applications')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('application_id', '=', applicationId)
    .executeTakeFirst();

/** What somebody has sent to the parties and not taken back, the latest first. */
export const findApplicationsOf = (
  db: Queryable,
  applicantId: string,
  partyIds: readonly string[],
): Promise<ApplicationRow[]> =>
  db
    .selectFrom('party_applications')
    .selectAll()
    .where('applicant_id', '=', applicantId)
    .where('party_id', '=', sql<string>`any(${partyIds}::uuid[])`)
    .where('state', '!=', 'withdrawn')
    .where('withdrawn_at', 'is', null)
    .orderBy('application_id', 'desc')
    .execute();

export async function wasDeclined(db: Queryable, partyId: string, applicantId: string): Promise<boolean> {
  const row = await db
    .selectFrom('party_applications')
    .select('application_id')
    .where('party_id', '=', partyId)
    .where('applicant_id', '=', applicantId)
    .where('state', '=', 'declined')
    .executeTakeFirst();
  return row !== undefined;
}

/** What the host has refused and its sender has not taken back. */
export const findDeclined = (db: Queryable, partyId: string): Promise<ApplicationRow[]> =>
  db
    .selectFrom('party_applications')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('state', '=', 'declined')
    .where('withdrawn_at', 'is', null)
    .execute();

/** What waits for the host, the oldest first. */
export const findWaiting = (
  db: Queryable,
  partyId: string,
  after: string | undefined,
  limit: number,
): Promise<ApplicationRow[]> =>
  db
    .selectFrom('party_applications')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('state', '=', 'pending')
    .$if(after !== undefined, (query) => query.where('application_id', '>', after ?? ''))
    .orderBy('application_id')
    .limit(limit)
    .execute();

export const findAllWaiting = (db: Queryable, partyId: string) =>
  db
    .selectFrom('party_applications')
    .select(['application_id', 'applicant_id'])
    .where('party_id', '=', partyId)
    .where('state', '=', 'pending')
    .orderBy('application_id')
    .execute();

export async function countSent(db: Queryable, applicantId: string, since: Date) {
  return db
    .selectFrom('party_applications')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('created_at', '>', since).as('recent'),
      eb.fn.countAll<number>().filterWhere('state', '=', 'pending').as('waiting'),
    ])
    .where('applicant_id', '=', applicantId)
    .executeTakeFirstOrThrow();
}

export const closeApplication = (
  tx: Tx,
  applicationId: string,
  state: ApplicationRow['state'],
  now: Date,
): Promise<ApplicationRow> =>
  tx
    .updateTable('party_applications')
    .set({ state, closed_at: now })
    .where('application_id', '=', applicationId)
    .returningAll()
    .executeTakeFirstOrThrow();

/** A refused application that its sender takes back is gone for them and stays a refusal. */
export const markWithdrawn = (tx: Tx, applicationId: string, now: Date) =>
  tx.updateTable('party_applications').set({ withdrawn_at: now }).where('application_id', '=', applicationId).execute();

export const expireApplications = (tx: Tx, partyId: string, now: Date): Promise<ApplicationRow[]> =>
  tx
    .updateTable('party_applications')
    .set({ state: 'expired', closed_at: now })
    .where('party_id', '=', partyId)
    .where('state', '=', 'pending')
    .returningAll()
    .execute();

/** Parties to which somebody's application waits, by id. */
export async function findAppliedIdsOf(db: Queryable, applicantId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('party_applications')
    .select('party_id')
    .where('applicant_id', '=', applicantId)
    .where('state', '=', 'pending')
    .orderBy('party_id')
    .execute();
  return rows.map(({ party_id }) => party_id);
}
