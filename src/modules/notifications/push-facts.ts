import type { PushableChat } from '#modules/messenger/index.ts';
import type { PersonName } from '#modules/profiles/index.ts';
import type { Contact } from '#platform/contact-store.ts';
import { countUnread, findByIds } from './queries/feed.ts';
import { findSettings } from './queries/settings.ts';
import type { NotificationData } from './schemas.ts';
import { readSettings, type Settings } from './settings.ts';
import { chatSubject, readSubject } from './subjects.ts';
import type { ClaimedPush, NotificationRow } from './tables.ts';
import type { NotificationsTools } from './tools.ts';

/** All that is asked before pushes are sent, as it is at this moment. */
export type PushFacts = {
  now: Date;
  liveSessions: ReadonlySet<string>;
  contacts: ReadonlyMap<string, Contact>;
  settingsOf(accountId: string): Settings;
  /** Absent: the person is not in the chat, or it is blocked. Messages of blocked people are left out. */
  chatOf(accountId: string, chatId: string): PushableChat | undefined;
  notifications: ReadonlyMap<string, NotificationRow>;
  /** Absent: there is no such person, or one of the two has blocked the other. */
  nameOf(viewerId: string, accountId: string): string | undefined;
  timeZoneOf(accountId: string): string | undefined;
  badgeOf(accountId: string): number;
};

/** Reads what a batch of pushes needs, a handful of queries for any number of them. */
export async function findPushFacts(tools: NotificationsTools, pushes: readonly ClaimedPush[]): Promise<PushFacts> {
  const { db, messenger } = tools;
  const accountIds = [...new Set(pushes.map(({ account_id }) => account_id))];
  const sessions = pushes.map((push) => ({ accountId: push.account_id, sessionId: push.session_id }));
  const notificationIds = pushes.flatMap(({ subject }) => {
    const read = readSubject(subject);
    return read.of === 'notification' ? [read.notificationId] : [];
  });
  const [liveSessions, contacts, settingRows, rows] = await Promise.all([
    tools.accounts.findSessionRights(sessions.map(({ sessionId }) => sessionId)),
    tools.findContacts(sessions),
    findSettings(db.read, accountIds),
    findByIds(db.read, notificationIds),
  ]);
  const notifications = new Map(rows.map((row) => [row.notification_id, row]));
  const settings = new Map(settingRows.map((row) => [row.account_id, readSettings(row)]));
  const settingsOf = (accountId: string) => settings.get(accountId) ?? DEFAULTS;
  const people = accountIds.map((accountId) => ({
    accountId,
    doMentionsPassMute: settingsOf(accountId).doMentionsPassMute,
  }));
  const [chats, unreadMessages, unreadNews] = await Promise.all([
    messenger.findPushableChats(db.read, findPairs(pushes, notifications)),
    messenger.countUnread(db.read, people),
    countUnread(db.read, accountIds),
  ]);
  const { names, isBlocked } = await findPeople(tools, accountIds, chats, rows);
  const byKey = new Map(
    chats.map((chat) => [
      keyOf(chat.account_id, chat.chat_id),
      { ...chat, unread: chat.unread.filter(({ authorId }) => !isBlocked(chat.account_id, authorId)) },
    ]),
  );
  return {
    now: tools.clock.now(),
    liveSessions: new Set(liveSessions.keys()),
    contacts,
    settingsOf,
    chatOf: (accountId, chatId) => byKey.get(keyOf(accountId, chatId)),
    notifications,
    nameOf: (viewerId, accountId) => (isBlocked(viewerId, accountId) ? undefined : names.get(accountId)?.displayName),
    timeZoneOf: (accountId) => names.get(accountId)?.timeZone,
    badgeOf: (accountId) => (unreadMessages.get(accountId) ?? 0) + (unreadNews.get(accountId) ?? 0),
  };
}

const DEFAULTS = readSettings(undefined);
const keyOf = (one: string, other: string): string => `${one} ${other}`;

/** The chats that the pushes speak of: their own, or those of requests. */
function findPairs(pushes: readonly ClaimedPush[], notifications: ReadonlyMap<string, NotificationRow>) {
  const pairs = pushes.flatMap(({ account_id: accountId, subject }) => {
    const read = readSubject(subject);
    const row = read.of === 'notification' ? notifications.get(read.notificationId) : undefined;
    const chatId = read.of === 'chat' ? read.chatId : (row?.data as NotificationData | undefined)?.chatId;
    return chatId === undefined ? [] : [{ accountId, chatId }];
  });
  return [...new Map(pairs.map((pair) => [keyOf(pair.accountId, chatSubject(pair.chatId)), pair])).values()];
}

async function findPeople(
  { db, profiles, relationships }: NotificationsTools,
  accountIds: readonly string[],
  chats: readonly PushableChat[],
  rows: readonly NotificationRow[],
): Promise<{ names: ReadonlyMap<string, PersonName>; isBlocked(one: string, other: string): boolean }> {
  const pairs = [
    ...chats.flatMap(({ account_id: accountId, unread }) =>
      [...new Set(unread.map(({ authorId }) => authorId))].map((otherId) => ({ accountId, otherId })),
    ),
    ...rows.flatMap(({ account_id: accountId, actor_id: otherId }) => (otherId ? [{ accountId, otherId }] : [])),
  ];
  const everybody = [...new Set([...accountIds, ...pairs.map(({ otherId }) => otherId)])];
  const [names, blocked] = await Promise.all([
    profiles.findNames(db.read, everybody),
    relationships.findBlockedPairs(db.read, pairs),
  ]);
  const keys = new Set(blocked.map(({ accountId, otherId }) => keyOf(accountId, otherId)));
  return { names, isBlocked: (one, other) => keys.has(keyOf(one, other)) };
}
