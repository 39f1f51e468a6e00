import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { TextRuleRow } from '../tables.ts';

/** All of them: every node keeps them in memory. */
export const findAllTextRules = (db: Queryable): Promise<TextRuleRow[]> =>
  db.selectFrom('text_rules').selectAll().orderBy('rule_id').execute();

export const findTextRules = (db: Queryable, limit: number, after: string | undefined): Promise<TextRuleRow[]> =>
  db
    .selectFrom('text_rules')
    .selectAll()
    .$if(after !== undefined, (all) => all.where('rule_id', '>', after ?? ''))
    .orderBy('rule_id')
    .limit(limit)
    .execute();

/** Returns nothing when there is such a rule. */
export const insertTextRule = (tx: Tx, row: Insertable<Tables['text_rules']>): Promise<TextRuleRow | undefined> =>
  tx
    .insertInto('text_rules')
    .values(row)
    .onConflict((oc) => oc.columns(['kind', 'language', 'text']).doNothing())
    .returningAll()
    .executeTakeFirst();

export const deleteTextRule = (tx: Tx, ruleId: string): Promise<TextRuleRow | undefined> =>
  tx.deleteFrom('text_rules').where('rule_id', '=', ruleId).returningAll().executeTakeFirst();

/** Notes that a new account said this to somebody; returns to how many it has said it since. */
export async function noteFirstWords(tx: Tx, words: Insertable<Tables['first_words']>, since: Date): Promise<number> {
  const { account_id: accountId, text_hash: hash } = words;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`first words of ${accountId}`}, 0))`.execute(tx);
  await tx
    .insertInto('first_words')
    .values(words)
    .onConflict((oc) => oc.doNothing())
    .execute();
  const { count } = await tx
    .selectFrom('first_words')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('text_hash', '=', hash)
    .where('said_at', '>', since)
    .executeTakeFirstOrThrow();
  return count;
}

export const deleteFirstWordsBefore = (db: Queryable, before: Date) =>
  db.deleteFrom('first_words').where('said_at', '<=', before).execute();

export const deleteFirstWordsOf = (tx: Tx, accountId: string) =>
  tx.deleteFrom('first_words').where('account_id', '=', accountId).execute();
