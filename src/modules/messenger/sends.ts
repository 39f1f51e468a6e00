import { isUnavailable } from '#platform/database.ts';
import type { ChatLines } from './chat-lines.ts';
import type { NewMessage, SentMessage } from './queries/messages.ts';

/**
 * Commits sends that come at the same time together: one statement and one commit for many messages of many chats.
 * A send that comes alone does not wait for others; those that come while a commit is under way share the next one.
 * Resolves after the commit, with nothing when the message was not taken (see `insertMessages`).
 */
export type Sends = (message: NewMessage) => Promise<SentMessage | undefined>;

type Waiting = {
  message: NewMessage;
  resolve(sent: SentMessage | undefined): void;
  reject(error: unknown): void;
};
/** What one chat has to send in its turn. */
type Group = { waiting: readonly Waiting[]; finish(): void };

/** While one commit waits for the disk, the next is being worked on. */
const MAX_AT_ONCE = 2;
const MAX_BATCH = 128;

export function createSends(options: {
  lines: ChatLines;
  insert(messages: readonly NewMessage[]): Promise<SentMessage[]>;
  /** Called for each message after its commit, in the order of each chat's line. */
  tell(sent: SentMessage): void;
}): Sends {
  const { lines, insert, tell } = options;
  const byChat = new Map<string, Waiting[]>();
  const ready: Group[] = [];
  let underWay = 0;

  /** The chat's turn in its line: everything that waits for it goes together, and the line goes on after the commit. */
  const takeTurn = (chatId: string) =>
    new Promise<void>((finish) => {
      const waiting = byChat.get(chatId) ?? [];
      byChat.delete(chatId);
      ready.push({ waiting, finish });
      pump();
    });

  const pump = () => {
    while (underWay < MAX_AT_ONCE && ready.length > 0) {
      underWay += 1;
      void commit(takeBatch(ready)).finally(() => {
        underWay -= 1;
        pump();
      });
    }
  };

  const commit = async (groups: readonly Group[]) => {
    const all = groups.flatMap(({ waiting }) => waiting);
    try {
      settle(all, await insert(all.map(({ message }) => message)));
    } catch (error) {
      if (all.length === 1 || isUnavailable(error)) for (const { reject } of all) reject(error);
      else await commitOneByOne(all);
    }
    for (const { finish } of groups) finish();
  };

  /** After a batch failed: whatever is wrong with one message must not refuse the others. */
  const commitOneByOne = async (all: readonly Waiting[]) => {
    for (const one of all) {
      try {
        settle([one], await insert([one.message]));
      } catch (error) {
        one.reject(error);
      }
    }
  };

  const settle = (all: readonly Waiting[], sent: readonly SentMessage[]) => {
    for (const one of sent) tell(one);
    const byKey = new Map(sent.map((one) => [keyOf(one.chat_id, one.author_id, one.client_id), one]));
    for (const { message, resolve } of all) {
      resolve(byKey.get(keyOf(message.chatId, message.authorId, message.clientId)));
    }
  };

  return (message) =>
    new Promise((resolve, reject) => {
      const waiting = byChat.get(message.chatId);
      if (waiting) {
        waiting.push({ message, resolve, reject });
        return;
      }
      byChat.set(message.chatId, [{ message, resolve, reject }]);
      void lines(message.chatId, () => takeTurn(message.chatId));
    });
}

/** Whole groups, so that a chat is in one commit at a time. */
function takeBatch(ready: Group[]): Group[] {
  let size = 0;
  let count = 0;
  for (const { waiting } of ready) {
    if (count > 0 && size + waiting.length > MAX_BATCH) break;
    size += waiting.length;
    count += 1;
  }
  return ready.splice(0, count);
}

const keyOf = (...ids: string[]): string => ids.join(' ');
