import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { inputFault } from '#platform/validation.ts';
import { accessChat } from '../access.ts';
import { cleanText } from '../content.ts';
import type { Message } from '../schemas/messages.ts';
import type { CreatePollBody } from '../schemas/polls.ts';
import type { Poll } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';
import { sendContent } from './send-message.ts';

const READY_OPTIONS = ['in', 'maybe', 'out'];

/** Asks the chat something, or who is ready to play. It is a message, so it is sent like one. */
export async function createPoll(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  body: Static<typeof CreatePollBody>,
): Promise<Static<typeof Message>> {
  const poll = shapePoll(body);
  await accessChat(tools.db.read, actor, chatId);
  return sendContent(tools, actor, { chatId, clientId: body.clientId }, { text: '', poll });
}

function shapePoll(body: Static<typeof CreatePollBody>): Poll {
  const { kind = 'poll', startsAt, closesAt } = body;
  const isReadyCheck = kind === 'ready_check';
  const question = cleanText(body.question);
  const options = isReadyCheck ? READY_OPTIONS : (body.options ?? []).map(cleanText);
  if (question === '') throw inputFault('/body/question', 'length', EMPTY);
  if (isReadyCheck && body.options) throw inputFault('/body/options', 'unknown_field', OWN_OPTIONS);
  if (options.length < 2 || options.includes('')) throw inputFault('/body/options', 'length', TWO_OPTIONS);
  return {
    kind,
    question,
    options: options.map((text) => ({ text, count: 0 })),
    isAnonymous: body.isAnonymous ?? false,
    isMultiple: !isReadyCheck && (body.isMultiple ?? false),
    ...(startsAt && { startsAt: new Date(startsAt).toISOString() }),
    ...(closesAt && { closesAt: new Date(closesAt).toISOString() }),
  };
}

const EMPTY = { en: 'is empty', ru: 'пусто' };
const OWN_OPTIONS = { en: 'a ready check has its own', ru: 'у проверки готовности они свои' };
const TWO_OPTIONS = { en: 'at least two, none of them empty', ru: 'не меньше двух, и ни одного пустого' };
