import { MAX_UNREAD_SHOWN } from '#modules/messenger/index.ts';
import type { Locale } from '#platform/errors.ts';
import type { Push } from '#platform/push.ts';
import type { Told } from './decide-push.ts';
import { cut, MAX_LENGTH, say, sayNewMessages, textOf } from './push-texts.ts';
import type { NotificationData } from './schemas.ts';
import type { Settings } from './settings.ts';
import type { ClaimedPush } from './tables.ts';
import { feedText } from './texts.ts';

type Written = Omit<Push, 'id' | 'token' | 'environment'>;
type Alert = { title?: string; subtitle?: string; body: string };

const HOUR_MS = 3_600_000;

/** Puts a push into words and into the shape that docs/notifications.md describes. */
export function writePush(push: ClaimedPush, told: Told, settings: Settings, badge: number, now: Date): Written {
  const expiresIn = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);
  const locale = push.locale;
  switch (told.of) {
    case 'messages': {
      const { chat, kind, newest, count } = told;
      return {
        type: 'alert',
        priority: 10,
        expiresAt: expiresIn(24),
        collapseId: push.subject,
        payload: {
          aps: {
            alert: fit(writeMessages(told, settings.preview, locale)),
            sound: 'default',
            badge,
            category: kind,
            'thread-id': chat.chat_id,
            'mutable-content': 1,
            'interruption-level': 'active',
          },
          soyamate: {
            kind,
            chatId: chat.chat_id,
            seq: newest.seq,
            unread: count,
            ...(settings.preview !== 'none' && { userId: newest.authorId }),
          },
        },
      };
    }
    case 'news': {
      const { kind, row } = told;
      const isQuiet = kind === 'rating' || kind === 'search_match';
      const { said: _words, ...data } = row.data as NotificationData;
      return {
        type: 'alert',
        priority: isQuiet ? 5 : 10,
        expiresAt: expiresIn(24),
        collapseId: push.subject,
        payload: {
          aps: {
            alert: fit(writeNews(told, settings, locale)),
            ...(!isQuiet && { sound: 'default' }),
            badge,
            category: kind,
            'thread-id': data.chatId ?? kind,
            'mutable-content': 1,
            'interruption-level': isQuiet ? 'passive' : 'active',
          },
          soyamate: {
            kind,
            notificationId: row.notification_id,
            ...data,
            ...(row.actor_id !== null && settings.preview !== 'none' && { userId: row.actor_id }),
          },
        },
      };
    }
    case 'badge':
      return {
        // A badge is something to see, so `background` is not for it; without alert and sound it makes no noise.
        type: 'alert',
        priority: 5,
        expiresAt: expiresIn(1),
        collapseId: push.subject,
        payload: { aps: { badge, 'content-available': 1 }, soyamate: { kind: 'badge' } },
      };
    case 'test':
    default:
      return {
        type: 'alert',
        priority: 10,
        expiresAt: expiresIn(1),
        collapseId: push.subject,
        payload: {
          aps: {
            alert: { title: say('testTitle', locale), body: say('testBody', locale) },
            sound: 'default',
            badge,
            category: 'test',
            'interruption-level': 'active',
          },
          soyamate: { kind: 'test' },
        },
      };
  }
}

function writeMessages(
  { chat, newest, count, name }: Extract<Told, { of: 'messages' }>,
  preview: Settings['preview'],
  locale: Locale,
): Alert {
  const counted = sayNewMessages(count, MAX_UNREAD_SHOWN, locale);
  if (preview === 'none') return { body: counted };
  const author = name || say('somebody', locale);
  const title = chat.kind === 'group' ? chat.title : author;
  if (preview === 'name_only') return { title, body: counted };
  const text = textOf(newest, locale);
  return {
    title,
    ...(count > 1 && { subtitle: counted }),
    body: chat.kind === 'group' ? `${author}: ${text}` : text,
  };
}

function writeNews(
  { kind, row, name, request }: Extract<Told, { of: 'news' }>,
  { preview }: Settings,
  locale: Locale,
): Alert {
  if (preview === 'none' && name !== undefined) return { body: say('news', locale) };
  const { said, code } = row.data as NotificationData;
  if (said && preview === 'full') return { title: said.title, body: cut(said.text, MAX_LENGTH) };
  const text = feedText(kind, locale, name ?? '', code);
  return request && preview === 'full' ? { title: text, body: textOf(request, locale) } : { body: text };
}

/** Bytes that an alert may take of the 4,096 of a payload. */
const MAX_ALERT_BYTES = 3_000;

/** A character may be many bytes: what is too long is cut until Apple takes it. */
function fit(alert: Alert): Alert {
  for (let length = 120; Buffer.byteLength(JSON.stringify(alert)) > MAX_ALERT_BYTES && length > 1; length /= 2) {
    alert = {
      ...alert,
      body: cut(alert.body, length),
      ...(alert.title !== undefined && { title: cut(alert.title, length) }),
    };
  }
  return alert;
}
