import { type Insertable, sql } from 'kysely';
import { type Queryable, type Tx } from '#platform/database.ts';
import { type Tables } from '#platform/tables.generated.ts';
import { type PartyPatch, type PartyRow, type Slot } from '../tables.ts';

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
