/**
 * The messenger owns chats, their members and messages, and the two numbers of each chat: `seq` of messages and `rev` of
 * changes. Offers its doors over REST and the socket; to other modules who shares a chat, who may read a file, and the
 * evidence that moderators need. It announces nothing in the log: each row that changes carries its `rev`, so it is its
 * own event; open sockets get a hint over the bus after the commit, and `takeNews` hands over what nobody may miss.
 * Listens to relationships: teammates get their direct chat, and a block closes it (`closeForBlock`, within the block's own
 * transaction); and to accounts: who is erased leaves every group.
 */
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import { type FrameDoor, liveEvents } from '#platform/frames.ts';
import { type Admission, admitToGroup } from './actions/admit-to-group.ts';
import { closeForBlock } from './actions/close-for-block.ts';
import { dismissFromGroup } from './actions/dismiss-from-group.ts';
import { findAcquainted } from './actions/find-acquainted.ts';
import { type ChatEvidence, findEvidence } from './actions/find-evidence.ts';
import { openGroup } from './actions/open-group.ts';
import { renameGroup } from './actions/rename-group.ts';
import { resetChatInfo } from './actions/reset-chat-info.ts';
import { type MessageEvidence, reviewMessage, takeDownMessage } from './actions/review-message.ts';
import { createChatLines } from './chat-lines.ts';
import { createMessengerExporter } from './exporter.ts';
import { messengerFrames } from './frames.ts';
import { messengerListeners } from './listeners.ts';
import { presentMessage } from './present.ts';
import { findIsTalk } from './queries/chats.ts';
import { findReadableMedia } from './queries/media.ts';
import { insertMessages, type Pair } from './queries/messages.ts';
import { countUnreadMessages, findPushableChats, findReaders, findUnreaders, takeNews } from './queries/news.ts';
import { messengerRoutes } from './routes.ts';
import { createSends } from './sends.ts';
import type { ChatNews, ChatReader, PushableChat, UnreadMessage } from './tables.ts';
import type { MessengerTools } from './tools.ts';

export { mediaIdsOf } from './message-media.ts';
export { MAX_UNREAD_SHOWN } from './queries/news.ts';
export type { ChatEvidence, ChatNews, ChatReader, MessageEvidence, PushableChat, UnreadMessage };

export type Messenger = {
  routes: readonly Door[];
  /** What is held here about a person. */
  exporter: Exporter;
  frames: readonly FrameDoor[];
  listeners: readonly Listener[];
  /** Closes the direct chat of the two while there is a block between them, and opens it after. */
  closeForBlock(tx: Tx, accountId: string, otherId: string): Promise<void>;
  /** Those of the pairs that share a chat, neither of them blocking the other nor waiting for an answer there. */
  findAcquainted<T extends Pair>(pairs: readonly T[]): Promise<T[]>;
  /** Those of the files that some message, or the photo of a chat, shows to the account now. */
  findReadableMedia(accountId: string, mediaIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** A message as it is and as it was, for a report. Undefined when there is none. */
  reviewMessage(chatId: string, seq: number): Promise<MessageEvidence | undefined>;
  /** A chat, or a message with its neighbours, as a member who may see it reports it. */
  findEvidence(db: Queryable, accountId: string, chatId: string, seq?: number): Promise<ChatEvidence | undefined>;
  /** Takes the title and photo of a group off by a decision of moderators. */
  resetChatInfo(tx: Tx, chatId: string): Promise<void>;
  /** Deletes a message for everybody by a decision of moderators; `moderatorId` is kept with the versions. */
  takeDownMessage(tx: Tx, chatId: string, seq: number, moderatorId: string): Promise<void>;
  /** Takes what became of chats since it was asked last, on any node; it is lost only with `tx`. */
  takeNews(tx: Tx, limit: number): Promise<ChatNews[]>;
  /** Whom new messages concern: members who have not read them, of their authors only those who missed another's. */
  /** Whom a chat has less to tell than before. */
  findUnreaders(db: Queryable, news: readonly ChatNews[]): Promise<string[]>;
  findReaders(db: Queryable, news: readonly ChatNews[]): Promise<ChatReader[]>;
  findPushableChats(db: Queryable, pairs: readonly { accountId: string; chatId: string }[]): Promise<PushableChat[]>;
  /** Unread messages that count for the badge, by account; see docs/notifications.md. Those with none are left out. */
  countUnread(
    db: Queryable,
    people: readonly { accountId: string; doMentionsPassMute: boolean }[],
  ): Promise<Map<string, number>>;
  /** Makes a group of one person; the caller says who joins and leaves it from then on. Returns its id. */
  openGroup(tx: Tx, ownerId: string, title: string): Promise<string>;
  admitToGroup(tx: Tx, chatId: string, admission: Admission): Promise<void>;
  /** Without `removedBy` they left. */
  dismissFromGroup(tx: Tx, chatId: string, person: { accountId: string; removedBy?: string }): Promise<void>;
  renameGroup(tx: Tx, chatId: string, change: { accountId: string; title: string }): Promise<void>;
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
    exporter: createMessengerExporter(tools),
    frames: messengerFrames(tools),
    listeners: messengerListeners(tools),
    closeForBlock: (tx, accountId, otherId) => closeForBlock(tools, tx, accountId, otherId),
    takeNews,
    findReaders,
    findUnreaders,
    findPushableChats,
    countUnread: (queryable, people) => countUnreadMessages(queryable, people, options.clock.now()),
    openGroup: (tx, ownerId, title) => openGroup(tools, tx, ownerId, title),
    admitToGroup: (tx, chatId, admission) => admitToGroup(tools, tx, chatId, admission),
    dismissFromGroup: (tx, chatId, person) => dismissFromGroup(tools, tx, chatId, person),
    renameGroup: (tx, chatId, change) => renameGroup(tools, tx, chatId, change),
    haveTalked: findIsTalk,
    findAcquainted: (pairs) => findAcquainted(tools, pairs),
    findReadableMedia: (accountId, mediaIds) => findReadableMedia(tools.db.read, accountId, mediaIds),
    findEvidence,
    resetChatInfo: (tx, chatId) => resetChatInfo(tools, tx, chatId),
    reviewMessage: (chatId, seq) => reviewMessage(tools, chatId, seq),
    takeDownMessage: (tx, chatId, seq, moderatorId) => takeDownMessage(tools, tx, { chatId, seq, moderatorId }),
  };
}
