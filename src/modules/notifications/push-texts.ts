import { IntlMessageFormat } from 'intl-messageformat';
import type { UnreadMessage } from '#modules/messenger/index.ts';
import type { Locale, Words } from '#platform/errors.ts';

const WORDS = {
  newMessages: {
    en: '{count, plural, one {New message} other {# new messages}}',
    ru: '{count, plural, =1 {Новое сообщение} one {# новое сообщение} few {# новых сообщения} other {# новых сообщений}}',
  },
  /** More than are looked at. */
  manyMessages: { en: 'More than {count} new messages', ru: 'Больше {count} новых сообщений' },
  picture: { en: 'Picture', ru: 'Картинка' },
  voice: { en: 'Voice message', ru: 'Голосовое сообщение' },
  file: { en: 'File', ru: 'Файл' },
  poll: { en: 'Poll: {question}', ru: 'Опрос: {question}' },
  somebody: { en: 'Somebody', ru: 'Кто-то' },
  /** Where nothing may be shown of what it is about. */
  news: { en: 'There is something new for you', ru: 'Для вас есть новое' },
  testTitle: { en: 'Pushes work', ru: 'Уведомления работают' },
  testBody: { en: 'You asked for this test.', ru: 'Вы просили проверить.' },
} as const satisfies Record<string, Words>;

export function say(name: keyof typeof WORDS, locale: Locale, values: Record<string, string | number> = {}): string {
  const format = new IntlMessageFormat(WORDS[name][locale], locale, undefined, { ignoreTag: true });
  return String(format.format(values));
}

/** Of `count` messages, of which no more than `most` were looked at. */
export const sayNewMessages = (count: number, most: number, locale: Locale): string =>
  say(count >= most ? 'manyMessages' : 'newMessages', locale, { count });

/** Longer texts are cut: nobody reads more on a locked screen, and Apple takes 4 KiB. */
export const MAX_LENGTH = 240;

/** What a message says in one push. */
export function textOf({ text, attachment, question }: UnreadMessage, locale: Locale): string {
  if (text !== '') return cut(text, MAX_LENGTH);
  if (question !== null) return cut(say('poll', locale, { question }), MAX_LENGTH);
  return attachment === null ? sayNewMessages(1, 2, locale) : say(attachment, locale);
}

/** Cuts between characters as readers see them. */
export function cut(text: string, length: number): string {
  const parts = [...graphemes.segment(text.slice(0, length * 40))];
  if (parts.length <= length)
    return text.length <= length * 40 ? text : `${parts.map(({ segment }) => segment).join('')}…`;
  return `${parts
    .slice(0, length)
    .map(({ segment }) => segment)
    .join('')}…`;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
