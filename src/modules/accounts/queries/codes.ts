import { type Insertable, type Selectable, sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';

export type CodeRow = Selectable<Tables['account_codes']>;
export type CodePurpose = CodeRow['purpose'];

/** Replaces the account's code for a purpose. Returns false when it has had `maxADay` in the running day already. */
export async function upsertCode(
  tx: Queryable,
  maxADay: number,
  row: Insertable<Tables['account_codes']>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into account_codes (
      account_id, purpose, email, code_hash, link_hash, session_id, issued_at, expires_at, day_started_at
    )
    values (
      ${row.account_id}, ${row.purpose}, ${row.email}, ${row.code_hash}, ${row.link_hash}, ${row.session_id},
      ${row.issued_at}, ${row.expires_at}, ${row.day_started_at}
    )
    on conflict (account_id, purpose) do update set
      email = excluded.email,
      code_hash = excluded.code_hash,
      link_hash = excluded.link_hash,
      session_id = excluded.session_id,
      issued_at = excluded.issued_at,
      expires_at = excluded.expires_at,
      tries = 0,
      issued_that_day = case
        when account_codes.day_started_at <= excluded.issued_at - interval '1 day' then 1
        else account_codes.issued_that_day + 1
      end,
      day_started_at = case
        when account_codes.day_started_at <= excluded.issued_at - interval '1 day' then excluded.issued_at
        else account_codes.day_started_at
      end
    where account_codes.issued_that_day < ${maxADay}
      or account_codes.day_started_at <= excluded.issued_at - interval '1 day'`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/**
 * Counts one try at a living code; nothing when there is no such code or it was tried too often. Then an empty message goes
 * to the log of PostgreSQL instead, which no one reads: the commit waits for the disk either way, so its time does not tell.
 */
export async function takeTry(
  db: Queryable,
  accountId: string,
  purpose: CodePurpose,
  maxTries: number,
  now: Date,
): Promise<CodeRow | undefined> {
  const { rows } = await sql<CodeRow | { account_id: null }>`
    with tried as (
      update account_codes set tries = tries + 1
      where account_id = ${accountId} and purpose = ${purpose} and code_hash is not null
        and tries < ${maxTries} and expires_at > ${now}
      returning *
    )
    select tried.*, case when tried.account_id is null then pg_logical_emit_message(true, 'no code', ''::text) end as noted
    from (values (1)) as always left join tried on true`.execute(db);
  const [row] = rows;
  return row?.account_id ? row : undefined;
}

/** Spends a code once; false when another request was first or a newer code took its place. */
export async function spendCode(
  tx: Queryable,
  accountId: string,
  purpose: CodePurpose,
  codeHash: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('account_codes')
    .set({ code_hash: null, link_hash: null })
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export const findCode = (db: Queryable, accountId: string, purpose: CodePurpose): Promise<CodeRow | undefined> =>
  db
    .selectFrom('account_codes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .executeTakeFirst();

/** The living code that a link belongs to. */
export const findCodeByLink = (
  db: Queryable,
  purpose: CodePurpose,
  linkHash: Buffer,
  now: Date,
): Promise<CodeRow | undefined> =>
  db
    .selectFrom('account_codes')
    .selectAll()
    .where('link_hash', '=', linkHash)
    .where('purpose', '=', purpose)
    .where('code_hash', 'is not', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();

/** Makes every outstanding code of an account void, or those for one purpose. */
export const voidCodes = (tx: Queryable, accountId: string, purpose?: CodePurpose) =>
  tx
    .updateTable('account_codes')
    .set({ code_hash: null, link_hash: null })
    .where('account_id', '=', accountId)
    .where('code_hash', 'is not', null)
    .$if(purpose !== undefined, (all) => all.where('purpose', '=', purpose ?? 'recovery'))
    .execute();

export type SavedCodePurpose = Selectable<Tables['saved_codes']>['purpose'];

/** Replaces all saved codes of an account for a purpose. */
export async function replaceSavedCodes(
  tx: Queryable,
  accountId: string,
  purpose: SavedCodePurpose,
  hashes: readonly Buffer[],
  now: Date,
): Promise<void> {
  await deleteSavedCodes(tx, accountId, purpose);
  await tx
    .insertInto('saved_codes')
    .values(hashes.map((hash) => ({ account_id: accountId, purpose, code_hash: hash, created_at: now })))
    .execute();
}

/** Returns whether there were any, used or not. */
export async function deleteSavedCodes(tx: Queryable, accountId: string, purpose: SavedCodePurpose): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('saved_codes')
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Whether the account has this code unused. */
export async function hasSavedCode(
  db: Queryable,
  accountId: string,
  purpose: SavedCodePurpose,
  codeHash: Buffer,
): Promise<boolean> {
  const row = await db
    .selectFrom('saved_codes')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Spends a saved code once; false when it is not the account's or was used. */
export async function spendSavedCode(
  tx: Queryable,
  accountId: string,
  purpose: SavedCodePurpose,
  codeHash: Buffer,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('saved_codes')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
