import type { Words } from '#platform/errors.ts';
import type { FeedKind } from './kinds.ts';

/** What the feed and pushes say of each kind; `{name}` is the person that it is about. */
export const feedTexts: Record<FeedKind, Words> = {
  message_request: { en: '{name} wants to write to you', ru: '{name} хочет вам написать' },
  teammate_request: { en: '{name} wants to play with you', ru: '{name} зовёт вас в тиммейты' },
  request_accepted: { en: '{name} is your teammate now', ru: '{name} теперь ваш тиммейт' },
  rating: { en: '{name} rated you', ru: '{name} оставляет вам оценку' },
  search_match: { en: '{name} fits your saved search', ru: '{name} подходит под ваш сохранённый поиск' },
  moderation: { en: 'There is a decision of the moderators', ru: 'Есть решение модераторов' },
  security: { en: 'The security of your account has changed', ru: 'Изменилась защита вашей учётной записи' },
};

export const feedText = (kind: string, locale: keyof Words, name: string): string =>
  (feedTexts[kind as FeedKind]?.[locale] ?? '').replace('{name}', () => name);
