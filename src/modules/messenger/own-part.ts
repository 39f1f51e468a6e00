import type { Static } from 'typebox';
import type { Queryable } from '#platform/database.ts';
import { presentMessage } from './present.ts';
import { findOwnVotes } from './queries/polls.ts';
import { findOwnReactions } from './queries/reactions.ts';
import type { Message } from './schemas/messages.ts';
import type { MessageRow } from './tables.ts';

/** Shapes messages for one reader: together with the reader's own reactions and votes. */
export async function presentForReader(
  db: Queryable,
  accountId: string,
  rows: readonly MessageRow[],
): Promise<Static<typeof Message>[]> {
  const withReactions = rows.filter(({ reactions }) => reactions);
  const withPolls = rows.filter(({ poll }) => poll);
  const [reactions, votes] = await Promise.all([
    withReactions.length > 0 ? findOwnReactions(db, accountId, withReactions) : [],
    withPolls.length > 0 ? findOwnVotes(db, accountId, withPolls) : [],
  ]);
  return rows.map((row) => {
    const isHere = (own: { chat_id: string; seq: number }) => own.chat_id === row.chat_id && own.seq === row.seq;
    return {
      ...presentMessage(row),
      ...(row.reactions && { myReactions: reactions.filter(isHere).map(({ emoji }) => emoji) }),
      ...(row.poll && { myVotes: votes.filter(isHere).map(({ option }) => option) }),
    };
  });
}
