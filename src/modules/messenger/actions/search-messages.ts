import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isStatementTimeout } from '#platform/database.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { inputFault } from '#platform/validation.ts';
import { searchTooBroad } from '../errors.ts';
import { presentForReader } from '../own-part.ts';
import { findActiveChatIds } from '../queries/members.ts';
import { searchMessages as findPage, hasWords } from '../queries/search.ts';
import type { MessagePage, SearchQuery } from '../schemas/messages.ts';
import type { MessageRow } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';

const Place = Type.Object({ createdAt: Type.String(), chatId: Type.String(), seq: Type.Integer() });

/** Messages with these words, in any of their Russian or English forms, in the chats that the caller is in now. */
export async function searchMessages(
  { db, cursors }: MessengerTools,
  actor: Actor,
  { q, chatId, from, since, until, cursor, limit = DEFAULT_LIMIT }: Static<typeof SearchQuery>,
): Promise<Static<typeof MessagePage>> {
  const { accountId } = actor;
  const purpose = `searchMessages:${accountId}:${q}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const own = await findActiveChatIds(db.read, accountId);
  // A chat of others gives what a chat without such words gives.
  const chatIds = chatId === undefined ? own : own.filter((id) => id === chatId);
  const rows = await db
    .transaction(async (tx): Promise<MessageRow[]> => {
      if (!(await hasWords(tx, q))) throw inputFault('/query/q', 'format', NO_WORDS);
      if (chatIds.length === 0) return [];
      return findPage(tx, {
        accountId,
        words: q,
        chatIds,
        authorId: from,
        since: since === undefined ? undefined : new Date(since),
        until: until === undefined ? undefined : new Date(until),
        after,
        limit: limit + 1,
      });
    })
    .catch((error: unknown) => {
      throw isStatementTimeout(error) ? searchTooBroad() : error;
    });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await presentForReader(db.read, accountId, page),
    ...(rows.length > limit &&
      last && {
        nextCursor: cursors.seal(purpose, {
          createdAt: last.created_at.toISOString(),
          chatId: last.chat_id,
          seq: last.seq,
        }),
      }),
  };
}

const NO_WORDS = { en: 'holds no word to look for', ru: 'нет ни одного слова, которое можно искать' };
