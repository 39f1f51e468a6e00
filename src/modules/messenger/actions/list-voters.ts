import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { accessChat, accessMessage } from '../access.ts';
import { messageNotFound } from '../errors.ts';
import { listVoters as findPage } from '../queries/polls.ts';
import type { VoterPage } from '../schemas/polls.ts';
import type { MessengerTools } from '../tools.ts';

const Place = Type.Object({ accountId: Type.String(), option: Type.Integer() });

/** Who chose what, in a poll that is not anonymous. */
export async function listVoters(
  { db, cursors }: MessengerTools,
  actor: Actor,
  { chatId, seq }: { chatId: string; seq: number },
  { limit = DEFAULT_LIMIT, cursor }: { limit?: number; cursor?: string },
): Promise<Static<typeof VoterPage>> {
  const message = await accessMessage(db.read, await accessChat(db.read, actor, chatId), seq);
  if (!message.poll || message.poll.isAnonymous) throw messageNotFound();
  const purpose = `listVoters:${chatId}:${seq}:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const rows = await findPage(db.read, message, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ account_id, option }) => ({ userId: account_id, option })),
    ...(rows.length > limit &&
      last && { nextCursor: cursors.seal(purpose, { accountId: last.account_id, option: last.option }) }),
  };
}
