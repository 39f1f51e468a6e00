import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { ApplicationRow, MemberRow, PartyPatch, PartyRow, Slot } from './tables.ts';

/** Whoever counts what a person has opened or sent takes this first, so that two at once count each other. */
export async function lockPerson(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`parties ${accountId}`}, 0))`.execute(tx);
}

export async function findParties(db: Queryable, partyIds: readonly string[]): Promise<PartyRow[]> {
  const rows = await db
    .selectFrom('parties')
    .selectAll()
    .where('party_id', '=', sql<string>`any(${partyIds}::uuid[])`)
    .execute();
  return rows.map(typed);
}

export async function lockParty(tx: Tx, partyId: string): Promise<PartyRow | undefined> {
  const row = await tx.selectFrom('parties').selectAll().where('party_id', '=', partyId).forUpdate().executeTakeFirst();
  return row && typed(row);
}

export async function insertParty(
  tx: Tx,
  row: Omit<Insertable<Tables['parties']>, 'slots'> & { slots: Slot[] },
): Promise<PartyRow> {
  const values = { ...row, slots: JSON.stringify(row.slots) };
  return typed(await tx.insertInto('parties').values(values).returningAll().executeTakeFirstOrThrow());
}

export async function updateParty(tx: Tx, partyId: string, { slots, ...patch }: PartyPatch): Promise<PartyRow> {
  const row = await tx
    .updateTable('parties')
    .set({ ...patch, ...(slots && { slots: JSON.stringify(slots) }) })
    .where('party_id', '=', partyId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return typed(row);
}

const typed = (row: { slots: unknown }): PartyRow => row as PartyRow;

/** How many parties somebody leads that are not over, and how many they have opened since a moment. */
export async function countHosted(
  db: Queryable,
  hostId: string,
  since: Date,
): Promise<{ live: number; recent: number }> {
  return db
    .selectFrom('parties')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('due_at', 'is not', null).as('live'),
      eb.fn.countAll<number>().filterWhere('created_at', '>', since).as('recent'),
    ])
    .where('host_id', '=', hostId)
    .executeTakeFirstOrThrow();
}

/** Those who are in the parties now, the longest-serving first. */
export const findMembersOf = (db: Queryable, partyIds: readonly string[]): Promise<MemberRow[]> =>
  db
    .selectFrom('party_members')
    .selectAll()
    .where('party_id', '=', sql<string>`any(${partyIds}::uuid[])`)
    .where('left_at', 'is', null)
    .orderBy('joined_at')
    .orderBy('slot')
    .execute();

/** Whoever is or was in the party. */
export const findMember = (db: Queryable, partyId: string, accountId: string): Promise<MemberRow | undefined> =>
  db
    .selectFrom('party_members')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();

export const upsertMember = (
  tx: Tx,
  row: Pick<MemberRow, 'party_id' | 'account_id' | 'slot' | 'joined_at'>,
): Promise<MemberRow> =>
  tx
    .insertInto('party_members')
    .values(row)
    .onConflict((oc) =>
      oc
        .columns(['party_id', 'account_id'])
        .doUpdateSet({ slot: row.slot, joined_at: row.joined_at, left_at: null, left_as: null }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();

export const markLeft = (
  tx: Tx,
  { party_id, account_id }: MemberRow,
  leftAs: 'left' | 'removed',
  now: Date,
): Promise<MemberRow> =>
  tx
    .updateTable('party_members')
    .set({ left_at: now, left_as: leftAs })
    .where('party_id', '=', party_id)
    .where('account_id', '=', account_id)
    .returningAll()
    .executeTakeFirstOrThrow();

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

export type OpenFilters = {
  games?: readonly string[];
  languages?: readonly string[];
  platforms?: readonly string[];
  regions?: readonly string[];
  voice?: 'yes' | 'no' | 'sometimes';
  startsBefore?: Date;
};

/**
 * Parties of adults or of minors that have a free place now: of the favourite games first, then by what starts soonest. A
 * party that asks for nothing in some respect passes every filter there.
 */
export async function findOpen(
  db: Queryable,
  isAdult: boolean,
  filters: OpenFilters & { favourites: readonly string[] },
  now: Date,
  limit: number,
): Promise<PartyRow[]> {
  const { games, languages, platforms, regions, voice, startsBefore, favourites } = filters;
  const rows = await db
    .selectFrom('parties')
    .selectAll()
    .where('state', '=', 'open')
    .where('due_at', '>', now)
    .where('is_adult', '=', isAdult)
    .$if(games !== undefined, (query) => query.where('game_id', '=', sql<string>`any(${games ?? []}::text[])`))
    .$if(languages !== undefined, (query) =>
      query.where(sql<boolean>`(languages = '{}' or languages && ${languages ?? []}::text[])`),
    )
    .$if(platforms !== undefined, (query) =>
      query.where(sql<boolean>`(platform is null or platform = any(${platforms ?? []}::text[]))`),
    )
    .$if(regions !== undefined, (query) =>
      query.where(sql<boolean>`(region is null or region = any(${regions ?? []}::text[]))`),
    )
    .$if(voice !== undefined, (query) =>
      query.where(sql<boolean>`(voice is null or voice = 'sometimes' or voice = ${voice ?? ''})`),
    )
    .$if(startsBefore !== undefined, (query) =>
      query.where(sql<boolean>`(starts_at is null or starts_at < ${startsBefore ?? now})`),
    )
    .orderBy(sql`(game_id = any(${favourites}::text[]))`, 'desc')
    .orderBy('due_at')
    .orderBy('party_id')
    .limit(limit)
    .execute();
  return rows.map(typed);
}

/** The parties that somebody leads or is in, the latest first. */
export async function findPartyIdsOf(
  db: Queryable,
  accountId: string,
  before: string | undefined,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('party_members')
    .select('party_id')
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null)
    .$if(before !== undefined, (query) => query.where('party_id', '<', before ?? ''))
    .orderBy('party_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ party_id }) => party_id);
}

/** Parties that somebody is in and that are not over, by id. */
export async function findLiveIdsOf(db: Queryable, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('party_members')
    .innerJoin('parties', 'parties.party_id', 'party_members.party_id')
    .select('parties.party_id')
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null)
    .where('due_at', 'is not', null)
    .orderBy('parties.party_id')
    .execute();
  return rows.map(({ party_id }) => party_id);
}

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

/** Locks some of the parties that something happens to by itself now; those that another node has in hand are left to it. */
export async function lockDue(tx: Tx, now: Date, limit: number): Promise<PartyRow[]> {
  const rows = await tx
    .selectFrom('parties')
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(typed);
}

/** Takes on to remind the members of some parties: of several nodes one gets each. */
export const takeReminders = (tx: Tx, now: Date): Promise<{ party_id: string }[]> =>
  tx.updateTable('parties').set({ remind_at: null }).where('remind_at', '<=', now).returning('party_id').execute();

/** Forgets what was over before a moment. */
export const deleteEndedBefore = (db: Queryable, before: Date) =>
  db.deleteFrom('parties').where('ended_at', '<', before).execute();

/** What is left of somebody who is gone: parties that they led and that are over go as a whole. */
export async function deleteEverythingOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('parties').where('host_id', '=', accountId).execute();
  await tx.deleteFrom('party_members').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('party_applications').where('applicant_id', '=', accountId).execute();
}

export async function lockPartiesOfGame(tx: Tx, gameId: string): Promise<PartyRow[]> {
  const rows = await tx
    .selectFrom('parties')
    .selectAll()
    .where('game_id', '=', gameId)
    .orderBy('party_id')
    .forUpdate()
    .execute();
  return rows.map(typed);
}

export async function isAnyOfGames(db: Queryable, gameIds: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('parties')
    .select('party_id')
    .where('game_id', '=', sql<string>`any(${gameIds}::text[])`)
    .where('due_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export type SharedParty = { party_id: string; together_until: Date };

/**
 * The parties that took place with both: started, and the two were there for so long after the start, or still there when
 * the host said that it was over. The earliest first.
 */
export async function findShared(
  db: Queryable,
  one: string,
  other: string,
  leastSeconds: number,
  now: Date,
): Promise<SharedParty[]> {
  const { rows } = await sql<SharedParty>`
    select party_id, together_until
    from (
      select party_id, started_at, is_ended_by_host and mine.left_at is null and theirs.left_at is null as were_there,
        least(coalesce(mine.left_at, ended_at, ${now}), coalesce(theirs.left_at, ended_at, ${now})) as together_until
      from party_members as mine
      join party_members as theirs using (party_id)
      join parties using (party_id)
      where mine.account_id = ${one} and theirs.account_id = ${other} and state in ('started', 'finished')
    ) as shared
    where were_there or together_until >= started_at + make_interval(secs => ${leastSeconds})
    order by started_at, party_id`.execute(db);
  return rows;
}
