import { sql } from 'kysely';
import type { Tx } from '#platform/database.ts';
import type { MessageRow } from '../tables.ts';

export type Search = {
  accountId: string;
  words: string;
  chatIds: readonly string[];
  authorId: string | undefined;
  since: Date | undefined;
  until: Date | undefined;
  after: { createdAt: string; chatId: string; seq: number } | undefined;
  limit: number;
};

/** How long the costliest search may take, in ms. */
const MAX_SEARCH_MS = 1_500;

/**
 * Messages with these words that the account may see, the newest first. The index is asked for the words and the chats
 * at once, so what others write costs nothing; the rights of this moment are looked at for each row.
 */
export async function searchMessages(tx: Tx, search: Search): Promise<MessageRow[]> {
  const { accountId, words, chatIds, authorId, since, until, after, limit } = search;
  const chats = chatIds.map((chatId) => `'#${chatId}'`).join(' | ');
  await sql`set local statement_timeout = ${sql.lit(MAX_SEARCH_MS)}`.execute(tx);
  const { rows } = await sql<MessageRow>`
    select messages.*
    from messages join chat_members as mine on mine.chat_id = messages.chat_id and mine.account_id = ${accountId}
    where message_words(messages.chat_id, text)
        @@ (websearch_to_tsquery('russian', ${words}) && ${chats}::tsquery)
      and messages.chat_id = any(${chatIds}::uuid[])
      and mine.state = 'active' and seq > greatest(mine.cleared_seq, mine.visible_from_seq - 1)
      and not exists (
        select from hidden_messages as hidden
        where hidden.chat_id = messages.chat_id and hidden.seq = messages.seq and hidden.account_id = ${accountId})
      ${authorId === undefined ? sql`` : sql`and author_id = ${authorId}`}
      ${since === undefined ? sql`` : sql`and created_at >= ${since}`}
      ${until === undefined ? sql`` : sql`and created_at < ${until}`}
      ${
        after === undefined
          ? sql``
          : sql`and (created_at, messages.chat_id, seq)
              < (${after.createdAt}::timestamptz, ${after.chatId}::uuid, ${after.seq}::integer)`
      }
    order by created_at desc, messages.chat_id desc, seq desc
    limit ${limit}`.execute(tx);
  return rows;
}

/** Whether the words hold anything that can be looked for: not only stop words, and not only what is left out. */
export async function hasWords(tx: Tx, words: string): Promise<boolean> {
  const { rows } = await sql<{ tree: string }>`
    select querytree(websearch_to_tsquery('russian', ${words})) as tree`.execute(tx);
  const tree = rows[0]?.tree ?? '';
  return tree !== '' && tree !== 'T';
}
