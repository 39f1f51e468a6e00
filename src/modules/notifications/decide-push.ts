import type { PushableChat, UnreadMessage } from '#modules/messenger/index.ts';
import type { Kind } from './kinds.ts';
import type { PushFacts } from './push-facts.ts';
import { findQuietEnd } from './quiet-hours.ts';
import type { NotificationData } from './schemas.ts';
import type { Settings } from './settings.ts';
import { readSubject } from './subjects.ts';
import type { ClaimedPush, NotificationRow } from './tables.ts';

/** What a push says, before it is put into words. */
export type Told =
  | {
      of: 'messages';
      kind: 'message' | 'mention';
      chat: PushableChat;
      newest: UnreadMessage;
      count: number;
      name: string;
    }
  | { of: 'news'; kind: Kind; row: NotificationRow; name?: string; request?: UnreadMessage }
  | { of: 'badge' }
  | { of: 'test' };

export type Decision =
  | { action: 'send'; told: Told; settings: Settings; badge: number }
  | { action: 'wait'; until: Date }
  /** The device belongs to a session that is over. */
  | { action: 'forget' }
  | { action: 'drop'; reason: 'live' | 'read' | 'quiet' | 'off' | 'expired' | 'unchanged' };

/** Silence of a socket that is open: its heartbeat tells within so long whether anybody is there. */
const HEARD_WITHIN_SECONDS = 30;
/** Told in quiet hours, too: the one may be somebody else's doing, for the other the person chose the hour. */
const URGENT: ReadonlySet<Kind> = new Set(['security', 'party_starts']);
/** Nobody wants yesterday's. */
const USEFUL_HOURS = 24;

/** Whether a push is sent now, later or never, by what is true at this moment. */
export function decidePush(push: ClaimedPush, facts: PushFacts): Decision {
  if (!facts.liveSessions.has(push.session_id)) return { action: 'forget' };
  if (facts.now.getTime() - push.newest_at.getTime() > USEFUL_HOURS * 3_600_000) return drop('expired');
  const badge = facts.badgeOf(push.account_id);
  const settings = facts.settingsOf(push.account_id);
  const subject = readSubject(push.subject);
  if (subject.of === 'test') return { action: 'send', told: { of: 'test' }, settings, badge };
  if (subject.of === 'badge') {
    if (facts.contacts.get(push.session_id)?.isOpen) return drop('live');
    return badge === push.badge ? drop('unchanged') : { action: 'send', told: { of: 'badge' }, settings, badge };
  }
  const told =
    subject.of === 'chat'
      ? readChat(push, subject.chatId, facts, settings)
      : readNews(push, subject.notificationId, facts, settings);
  if (!('of' in told)) return told;
  return decideByContact(push, facts) ?? decideByHours(push, facts, told, settings, badge);
}

const drop = (reason: Extract<Decision, { action: 'drop' }>['reason']): Decision => ({ action: 'drop', reason });

/** What a device heard after it happened, it got live; while it is silent, nobody knows. */
function decideByContact(push: ClaimedPush, { contacts, now }: PushFacts): Decision | undefined {
  const contact = contacts.get(push.session_id);
  if (!contact) return undefined;
  if (contact.heardAt > push.newest_at) return drop('live');
  if (!contact.isOpen) return undefined;
  const from = Math.max(push.newest_at.getTime() + HEARD_WITHIN_SECONDS * 1_000, now.getTime() + 5_000);
  return { action: 'wait', until: new Date(from) };
}

function decideByHours(push: ClaimedPush, facts: PushFacts, told: Told, settings: Settings, badge: number): Decision {
  const isUrgent = told.of === 'news' && URGENT.has(told.kind);
  const quietEnd = findQuietEnd(facts.now, facts.timeZoneOf(push.account_id), settings.quietHours);
  if (quietEnd && !isUrgent) return { action: 'wait', until: quietEnd };
  return { action: 'send', told, settings, badge };
}

function readChat(push: ClaimedPush, chatId: string, facts: PushFacts, settings: Settings): Told | Decision {
  const chat = facts.chatOf(push.account_id, chatId);
  // A request is told of once, as news.
  if (!chat || chat.requester_id !== null) return drop('off');
  if (chat.unread.length === 0) return drop('read');
  const isMuted = chat.muted_until !== null && chat.muted_until > facts.now;
  const wanted = chat.unread.filter((message) => {
    if (chat.notify_level === 'none') return false;
    if (message.isMention) return settings.kinds.mention.push && (!isMuted || settings.doMentionsPassMute);
    return settings.kinds.message.push && !isMuted && chat.notify_level === 'all';
  });
  const newest = wanted.find(({ authorId }) => facts.nameOf(push.account_id, authorId) !== undefined) ?? wanted[0];
  // What a push has told of already is no reason for another.
  if (!newest || (wanted[0]?.seq ?? 0) < push.from_seq) return drop('quiet');
  const name = facts.nameOf(push.account_id, newest.authorId) ?? '';
  const kind = newest.isMention && chat.kind === 'group' ? 'mention' : 'message';
  return { of: 'messages', kind, chat, newest, count: wanted.length, name };
}

function readNews(push: ClaimedPush, notificationId: string, facts: PushFacts, settings: Settings): Told | Decision {
  const row = facts.notifications.get(notificationId);
  if (!row || row.read_at) return drop('read');
  const kind = row.kind as Kind;
  if (!settings.kinds[kind]?.push) return drop('off');
  if (row.actor_id === null) return { of: 'news', kind, row };
  const name = facts.nameOf(push.account_id, row.actor_id);
  if (name === undefined) return drop('off');
  if (kind !== 'message_request') return { of: 'news', kind, row, name };
  const chat = facts.chatOf(push.account_id, String((row.data as NotificationData).chatId));
  // Answered, refused, or nothing is left of it.
  if (!chat || chat.requester_id === null || !chat.unread[0]) return drop('read');
  return { of: 'news', kind, row, name, ...(settings.isRequestTextShown && { request: chat.unread[0] }) };
}
