import { sql } from 'kysely';
import { type Queryable, type Tx } from '#platform/database.ts';
import { type MemberRow } from '../tables.ts';

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

export type SharedParty = { party_id: string; together_until: Date };

/**
 * The parties that took place with both: the two were there for so long after the start, whoever ended it and when: what a
 * host could end at once would be a way to make votes. The earliest first.
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
    from party_members as mine
    join party_members as theirs using (party_id)
    join parties using (party_id)
    cross join lateral (
      select least(coalesce(mine.left_at, ended_at, ${now}), coalesce(theirs.left_at, ended_at, ${now})) as together_until
    ) as shared
    where mine.account_id = ${one} and theirs.account_id = ${other} and state in ('started', 'finished')
      and together_until >= started_at + make_interval(secs => ${leastSeconds})
    order by started_at, party_id`.execute(db);
  return rows;
}
