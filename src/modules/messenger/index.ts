/**
 * The messenger owns chats, their members and messages, and the two numbers of each chat: `seq` of messages and `rev` of
 * changes. Offers its doors over REST and the socket; to other modules who shares a chat, who may read a file, and the
 * evidence that moderators need. It announces nothing in the log: each row that changes carries its `rev`, so it is its
 * own event; open sockets get a hint over the bus after the commit, and `takeNews` hands over what nobody may miss.
 * Listens to relationships: a block closes the direct chat of the two, teammates get theirs; and to accounts: who is
 * erased leaves every group.
 */
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import { type FrameDoor, liveEvents } from '#platform/frames.ts';
import { findAcquainted } from './actions/find-acquainted.ts';
import { type MessageEvidence, reviewMessage, takeDownMessage } from './actions/review-message.ts';
import { createChatLines } from './chat-lines.ts';
import { messengerFrames } from './frames.ts';
import { messengerListeners } from './listeners.ts';
import { presentMessage } from './present.ts';
import { findIsTalk } from './queries/chats.ts';
import { mayReadMedia } from './queries/media.ts';
import { countUnreadMessages, findPushableChats, findReaders, takeNews } from './queries/news.ts';
import { insertMessages, type Pair } from './queries.ts';
import { messengerRoutes } from './routes.ts';
import { createSends } from './sends.ts';
import type { ChatNews, ChatReader, PushableChat, UnreadMessage } from './tables.ts';
import type { MessengerTools } from './tools.ts';

export { MAX_UNREAD_SHOWN } from './queries/news.ts';
export type { ChatNews, ChatReader, MessageEvidence, PushableChat, UnreadMessage };

export type Messenger = {
  routes: readonly Door[];
  frames: readonly FrameDoor[];
  listeners: readonly Listener[];
  /** Those of the pairs that share a chat, neither of them blocking the other nor waiting for an answer there. */
  findAcquainted<T extends Pair>(pairs: readonly T[]): Promise<T[]>;
  /** Whether some message that the account may read now carries the file. */
  mayReadMedia(accountId: string, mediaId: string): Promise<boolean>;
  /** A message as it is and as it was, for a report. Undefined when there is none. */
  reviewMessage(chatId: string, seq: number): Promise<MessageEvidence | undefined>;
  /** Deletes a message for everybody by a decision of moderators; `moderatorId` is kept with the versions. */
  takeDownMessage(tx: Tx, chatId: string, seq: number, moderatorId: string): Promise<void>;
  /** Takes what became of chats since it was asked last, on any node; it is lost only with `tx`. */
  takeNews(tx: Tx, limit: number): Promise<ChatNews[]>;
  /** Whom new messages concern: members who have not read them, of their authors only those who missed another's. */
  findReaders(db: Queryable, news: readonly ChatNews[]): Promise<ChatReader[]>;
  findPushableChats(db: Queryable, pairs: readonly { accountId: string; chatId: string }[]): Promise<PushableChat[]>;
  /** Unread messages that count for the badge, by account; see docs/notifications.md. Those with none are left out. */
  countUnread(
    db: Queryable,
    people: readonly { accountId: string; doMentionsPassMute: boolean }[],
  ): Promise<Map<string, number>>;
  /** Whether each of the two has written to the other. */
  haveTalked(db: Queryable, one: string, other: string): Promise<boolean>;
};

export function createMessenger(options: Omit<MessengerTools, 'lines' | 'send'>): Messenger {
  const { db, bus } = options;
  const lines = createChatLines();
  const send = createSends({
    lines,
    insert: (messages) => insertMessages(db.statement, messages),
    tell(sent) {
      const { chat_id: chatId, rev } = sent;
      const event = { type: 'message.created' as const, chatId, rev, data: presentMessage(sent) };
      bus.publish(liveEvents, { accountIds: sent.member_ids, event });
    },
  });
  const tools: MessengerTools = { ...options, lines, send };
  return {
    routes: messengerRoutes(tools),
    frames: messengerFrames(tools),
    listeners: messengerListeners(tools),
    takeNews,
    findReaders,
    findPushableChats,
    countUnread: (queryable, people) => countUnreadMessages(queryable, people, options.clock.now()),
    haveTalked: findIsTalk,
    findAcquainted: (pairs) => findAcquainted(tools, pairs),
    mayReadMedia: (accountId, mediaId) => mayReadMedia(tools.db.read, accountId, mediaId),
    reviewMessage: (chatId, seq) => reviewMessage(tools, chatId, seq),
    takeDownMessage: (tx, chatId, seq, moderatorId) => takeDownMessage(tools, tx, { chatId, seq, moderatorId }),
  };
}
