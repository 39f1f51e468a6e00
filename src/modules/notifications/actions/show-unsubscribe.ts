import type { Locale } from '#platform/errors.ts';
import type { NotificationsTools } from '../tools.ts';
import { readUnsubscribeToken } from '../unsubscribe-link.ts';
import { askPage } from '../unsubscribe-pages.ts';

/** The page behind the link, with the one button. It changes nothing: scanners of mail open links too. */
export function showUnsubscribe(tools: NotificationsTools, token: string, locale: Locale): Buffer {
  readUnsubscribeToken(tools, token);
  return askPage(locale);
}
