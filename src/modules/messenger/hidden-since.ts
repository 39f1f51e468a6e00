import { type Static, Type } from 'typebox';
import type { Queryable } from '#platform/database.ts';
import { findHiddenSince } from './queries/changes.ts';
import type { HiddenMessages } from './schemas/catch-up.ts';

export const Xid = Type.String({ pattern: '^\\d+$' });

/** The last of the hidden messages on a page. */
export const HiddenPlace = Type.Object({ xid: Xid, chatId: Type.String(), seq: Type.Integer() });

const PAGE = 1_000;

/**
 * One page of what the account has deleted for itself since `since`, or after the place where the last page ended. `end`
 * is where this one ended, if there is more.
 */
export async function readHiddenSince(
  db: Queryable,
  accountId: string,
  since: string,
  after: Static<typeof HiddenPlace> | undefined,
): Promise<{ lists: Static<typeof HiddenMessages>[]; end: Static<typeof HiddenPlace> | undefined }> {
  const rows = await findHiddenSince(db, accountId, { since, after, limit: PAGE + 1 });
  const page = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? page.at(-1) : undefined;
  return {
    lists: [...Map.groupBy(page, ({ chat_id }) => chat_id)].map(([chatId, some]) => ({
      chatId,
      seqs: some.map(({ seq }) => seq).toSorted((one, other) => one - other),
    })),
    end: last && { xid: last.xid, chatId: last.chat_id, seq: last.seq },
  };
}
