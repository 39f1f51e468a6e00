import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { textNotAllowed } from '#platform/errors.ts';
import { passText } from '#platform/text-rules.ts';
import type { NewMessage } from './queries/messages.ts';
import type { MessengerTools } from './tools.ts';

/** What the text rules leave of a message to somebody who has not agreed to it yet; copies of others' words count, too. */
export async function passStrangerWords<T extends Pick<NewMessage, 'chatId' | 'text' | 'forwards' | 'poll'>>(
  { accounts, textRules }: MessengerTools,
  tx: Tx,
  { accountId }: Actor,
  message: T,
): Promise<T> {
  const [writer] = await accounts.findAccounts(tx, [accountId]);
  const pass = (text: string) => passText(textRules, 'stranger_message', text, '/body/text', writer).text;
  if (writer) await textRules.checkFlood(tx, writer, message.chatId, message.text);
  // What people vote on is not masked but refused: a repeat is compared by it.
  for (const words of [message.poll?.question, ...(message.poll?.options ?? []).map(({ text }) => text)]) {
    if (words !== undefined && pass(words) !== words) throw textNotAllowed();
  }
  const forwards = message.forwards?.map((forward) => ({ ...forward, text: pass(forward.text) }));
  return { ...message, text: pass(message.text), ...(forwards && { forwards }) };
}
