import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { inputFault } from '#platform/validation.ts';
import { accessMessage, checkMayReact } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { messageNotFound, pollClosed } from '../errors.ts';
import { presentForReader } from '../own-part.ts';
import { countVotes, findOwnVotes, replaceVotes } from '../queries/polls.ts';
import { reviseMessage } from '../revise-message.ts';
import type { Message } from '../schemas/messages.ts';
import type { Poll } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';

type Place = { chatId: string; seq: number };

/** Replaces the caller's choice in a poll. The same choice again changes nothing. */
export const vote = (
  tools: MessengerTools,
  actor: Actor,
  { chatId, seq }: Place,
  options: readonly number[],
): Promise<Static<typeof Message>> =>
  changeChat(tools, actor, chatId, async (change, member) => {
    const { tx, now } = change;
    const message = await accessMessage(tx, member, seq);
    const { poll } = message;
    if (!poll) throw messageNotFound();
    checkMayReact(member);
    if (isClosed(poll, now)) throw pollClosed();
    checkChoice(poll, options);
    const before = (await findOwnVotes(tx, actor.accountId, [message])).map(({ option }) => option);
    if (before.join() === options.toSorted((one, other) => one - other).join()) {
      const [same] = await presentForReader(tx, actor.accountId, [message]);
      if (same) return same;
    }
    await replaceVotes(tx, message, actor.accountId, options, now);
    const counts = await countVotes(tx, message);
    const counted = { ...poll, options: poll.options.map(({ text }, i) => ({ text, count: counts.get(i) ?? 0 })) };
    return reviseMessage(change, { seq, patch: { poll: counted }, actorId: actor.accountId });
  });

const isClosed = ({ closedAt, closesAt }: Poll, now: Date): boolean =>
  closedAt !== undefined || (closesAt !== undefined && new Date(closesAt) <= now);

function checkChoice({ options, isMultiple }: Poll, chosen: readonly number[]): void {
  if (chosen.some((option) => option >= options.length)) throw inputFault('/body/options', 'range', NO_OPTION);
  if (!isMultiple && chosen.length > 1) throw inputFault('/body/options', 'length', ONE_OPTION);
}

const NO_OPTION = { en: 'there is no such option', ru: 'такого варианта нет' };
const ONE_OPTION = { en: 'only one may be chosen', ru: 'выбрать можно только один' };
