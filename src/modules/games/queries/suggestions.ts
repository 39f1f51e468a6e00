import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { SuggestionOfRow, SuggestionRow, SuggestionWithVoicesRow } from '../tables.ts';

const COMMENTS_SHOWN = 10;

/** Of those who miss the same game at the same moment one makes the suggestion and the others find it. */
export async function lockOrInsertPending(tx: Tx, row: Insertable<Tables['game_suggestions']>): Promise<SuggestionRow> {
  // What stood in the way of the first may have been decided while this waited for it.
  const found = (await insertOrLockPending(tx, row)) ?? (await insertOrLockPending(tx, row));
  if (!found) throw new Error('a suggestion was neither made nor found');
  return found;
}

async function insertOrLockPending(tx: Tx, row: Insertable<Tables['game_suggestions']>) {
  await tx
    .insertInto('game_suggestions')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .execute();
  return tx
    .selectFrom('game_suggestions')
    .selectAll()
    .where('name_key', '=', row.name_key)
    .where('state', '=', 'pending')
    .forUpdate()
    .executeTakeFirst();
}

/** Whoever suggests the same again says it anew and counts once. The suggestion must be locked. */
export async function upsertSuggester(tx: Tx, row: Insertable<Tables['game_suggesters']>): Promise<void> {
  const { name, comment, platforms } = row;
  await tx
    .insertInto('game_suggesters')
    .values(row)
    .onConflict((oc) => oc.columns(['suggestion_id', 'account_id']).doUpdateSet({ name, comment, platforms }))
    .execute();
  await countSupporters(tx, [row.suggestion_id]);
}

export const lockSuggestion = (tx: Tx, suggestionId: string): Promise<SuggestionRow | undefined> =>
  tx
    .selectFrom('game_suggestions')
    .selectAll()
    .where('suggestion_id', '=', suggestionId)
    .forUpdate()
    .executeTakeFirst();

export const updateSuggestion = (
  tx: Tx,
  suggestionId: string,
  decision: Pick<SuggestionRow, 'state' | 'game_id' | 'reason' | 'decided_at'>,
) => tx.updateTable('game_suggestions').set(decision).where('suggestion_id', '=', suggestionId).execute();

/** With all the platforms that were named, and the first few comments. */
const selectWithVoices = (db: Queryable) =>
  db
    .selectFrom('game_suggestions')
    .selectAll()
    .select([
      sql<string[]>`array(
        select distinct unnest(platforms) from game_suggesters as voice
        where voice.suggestion_id = game_suggestions.suggestion_id order by 1
      )`.as('platforms'),
      sql<string[]>`array(
        select comment from game_suggesters as voice
        where voice.suggestion_id = game_suggestions.suggestion_id and comment is not null
        order by suggested_at, account_id limit ${COMMENTS_SHOWN}
      )`.as('comments'),
    ]);

export const findSuggestion = (db: Queryable, suggestionId: string): Promise<SuggestionWithVoicesRow> =>
  selectWithVoices(db).where('suggestion_id', '=', suggestionId).executeTakeFirstOrThrow();

/** Who named the game first, of those who are still there. */
export const findFirstSuggester = (db: Queryable, suggestionId: string): Promise<string | undefined> =>
  db
    .selectFrom('game_suggesters')
    .select('account_id')
    .where('suggestion_id', '=', suggestionId)
    .orderBy('suggested_at')
    .orderBy('account_id')
    .limit(1)
    .executeTakeFirst()
    .then((row) => row?.account_id);

export const deleteComments = (tx: Tx, suggestionId: string) =>
  tx.updateTable('game_suggesters').set({ comment: null }).where('suggestion_id', '=', suggestionId).execute();

/** The most wanted first. */
export const findSuggestions = (
  db: Queryable,
  state: SuggestionRow['state'],
  limit: number,
  after: { supporters: number; suggestionId: string } | undefined,
): Promise<SuggestionWithVoicesRow[]> =>
  selectWithVoices(db)
    .where('state', '=', state)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(-supporter_count, suggestion_id) > (${-(after?.supporters ?? 0)}::integer, ${after?.suggestionId}::uuid)`,
      ),
    )
    .orderBy('supporter_count', 'desc')
    .orderBy('suggestion_id')
    .limit(limit)
    .execute();

/** The person's own words with what became of them; the latest first. */
export const findSuggestionsOf = (
  db: Queryable,
  accountId: string,
  limit: number,
  before: string | undefined,
): Promise<SuggestionOfRow[]> =>
  db
    .selectFrom('game_suggesters as voice')
    .innerJoin('game_suggestions as suggestion', 'suggestion.suggestion_id', 'voice.suggestion_id')
    .selectAll('voice')
    .select(['suggestion.state', 'suggestion.game_id', 'suggestion.reason', 'suggestion.decided_at'])
    .where('voice.account_id', '=', accountId)
    .$if(before !== undefined, (query) => query.where('voice.suggestion_id', '<', before ?? ''))
    .orderBy('voice.suggestion_id', 'desc')
    .limit(limit)
    .execute();

/** What nobody else misses goes as a whole. */
export async function deleteSuggestionsOf(tx: Tx, accountId: string): Promise<void> {
  // In this order everywhere: the suggestion, then its voices.
  const mine = await tx
    .selectFrom('game_suggestions')
    .select('suggestion_id')
    .where('suggestion_id', 'in', (eb) =>
      eb.selectFrom('game_suggesters').select('suggestion_id').where('account_id', '=', accountId),
    )
    .orderBy('suggestion_id')
    .forUpdate()
    .execute();
  if (mine.length === 0) return;
  const suggestionIds = mine.map(({ suggestion_id }) => suggestion_id);
  await tx.deleteFrom('game_suggesters').where('account_id', '=', accountId).execute();
  await countSupporters(tx, suggestionIds);
  await tx
    .deleteFrom('game_suggestions')
    .where('suggestion_id', 'in', suggestionIds)
    .where('supporter_count', '=', 0)
    .execute();
}

const countSupporters = (tx: Tx, suggestionIds: readonly string[]) =>
  sql`
    update game_suggestions set supporter_count = (
      select count(*) from game_suggesters as voice where voice.suggestion_id = game_suggestions.suggestion_id
    )
    where suggestion_id = any(${suggestionIds}::uuid[])`.execute(tx);
