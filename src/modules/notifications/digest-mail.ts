import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '#platform/errors.ts';
import type { MailContent } from '#platform/mail-layout.ts';
import type { Settings } from './settings.ts';
import { feedText } from './texts.ts';

export type DigestFacts = { unread: number; news: readonly { kind: string; name: string }[] };

const WORDS = {
  subject: { en: 'What happened on Soyamate', ru: 'Что нового в Soyamate' },
  heading: { en: 'While you were away', ru: 'Пока вас не было' },
  hello: { en: 'Hello, {username}! This waits for you:', ru: 'Здравствуйте, {username}! Вас ждёт:' },
  unread: {
    en: '{count, plural, one {# unread message} other {# unread messages}}',
    ru: '{count, plural, one {# непрочитанное сообщение} few {# непрочитанных сообщения} other {# непрочитанных сообщений}}',
  },
  news: {
    en: '{count, plural, one {# more piece of news} other {# more pieces of news}}',
    ru: '{count, plural, one {ещё # новость} few {ещё # новости} other {ещё # новостей}}',
  },
  open: { en: 'Open Soyamate', ru: 'Открыть Soyamate' },
  stop: {
    en: 'We write at most once a day, and only if you have no phone for notifications. No more such letters, with one click: {url}',
    ru: 'Мы пишем не чаще раза в день и только тем, у кого нет телефона для уведомлений. Больше не получать таких писем, одним нажатием: {url}',
  },
} as const;

/** More would make the letter a feed of its own. */
const MAX_LINES = 5;

/** Counts and names, never what somebody wrote: a letter cannot be taken back. */
export function writeDigest(
  { unread, news }: DigestFacts,
  { username, locale }: { username: string; locale: Locale },
  preview: Settings['preview'],
  { appUrl, unsubscribeUrl }: { appUrl: string; unsubscribeUrl: string },
): MailContent {
  const say = (name: keyof typeof WORDS, values: Record<string, string | number> = {}) =>
    String(new IntlMessageFormat(WORDS[name][locale], locale, undefined, { ignoreTag: true }).format(values));
  const told = preview === 'none' ? [] : news.slice(0, MAX_LINES);
  const left = news.length - told.length;
  return {
    subject: say('subject'),
    heading: say('heading'),
    blocks: [
      { kind: 'text', text: say('hello', { username }) },
      {
        kind: 'list',
        items: [
          ...(unread > 0 ? [say('unread', { count: unread })] : []),
          ...told.map(({ kind, name }) => feedText(kind, locale, name)),
          ...(left > 0 ? [say('news', { count: left })] : []),
        ],
      },
      { kind: 'button', label: say('open'), url: appUrl },
      { kind: 'quiet', text: say('stop', { url: unsubscribeUrl }) },
    ],
  };
}
