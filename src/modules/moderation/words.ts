import type { Locale } from '#platform/errors.ts';
import { isReason, reasonRules } from './reasons.ts';
import type { SanctionKind } from './schemas/sanctions.ts';

/** What the staff's decisions are called to the people whom they concern. */

export const reasonWords = (reason: string, locale: Locale): string =>
  reasonRules[isReason(reason) ? reason : 'other'].words[locale];

export function sanctionWords(
  kind: SanctionKind,
  endsAt: Date | null,
  locale: Locale,
): { title: string; text: string } {
  const title = locale === 'ru' ? 'Решение модераторов' : 'A decision of our moderators';
  const until = endsAt ? UNTIL[locale](formatMoment(endsAt, locale)) : ENDLESS[locale];
  return { title, text: kind === 'warning' ? WARNING[locale] : `${EFFECTS[locale][kind]} ${until}` };
}

/** Of a sanction that was taken back; `isFree` when nothing else keeps away what it kept. */
export function liftedWords(kind: SanctionKind, isFree: boolean, locale: Locale): { title: string; text: string } {
  const title = locale === 'ru' ? 'Решение отменено' : 'A decision was taken back';
  return { title, text: isFree || kind === 'warning' ? LIFTED[locale][kind] : NOT_FREE_YET[locale] };
}

/** Of a sanction that ended by time. */
export function endedWords(kind: SanctionKind, locale: Locale): { title: string; text: string } {
  const title = locale === 'ru' ? 'Срок истёк' : 'It is over';
  return { title, text: LIFTED[locale][kind] };
}

export function outcomeWords(outcome: 'upheld' | 'dismissed', locale: Locale): { title: string; text: string } {
  const title = locale === 'ru' ? 'Ваша жалоба рассмотрена' : 'Your report was looked at';
  return { title, text: OUTCOMES[locale][outcome] };
}

export function decisionWords(decision: 'upheld' | 'lifted', locale: Locale): { title: string; text: string } {
  const title = locale === 'ru' ? 'Ваше обжалование рассмотрено' : 'Your appeal was decided';
  return { title, text: DECISIONS[locale][decision] };
}

const formatMoment = (moment: Date, locale: Locale): string =>
  `${new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(moment)} UTC`;

const UNTIL = {
  en: (moment: string) => `It ends on ${moment}.`,
  ru: (moment: string) => `Срок — до ${moment}.`,
};
const ENDLESS = { en: 'It has no end.', ru: 'Срока нет.' };
const WARNING = {
  en: 'This is a warning: next time we may have to go further.',
  ru: 'Это предупреждение: в следующий раз придётся принять меры строже.',
};
const EFFECTS: Record<Locale, Record<Exclude<SanctionKind, 'warning'>, string>> = {
  en: {
    mute: 'You can read, but not write to others.',
    search_ban: 'Your profile is not shown in the search.',
    suspension: 'Your account is suspended.',
    ban: 'Your account is banned.',
  },
  ru: {
    mute: 'Вы можете читать, но не писать другим.',
    search_ban: 'Ваш профиль не показывается в поиске.',
    suspension: 'Ваша учётная запись приостановлена.',
    ban: 'Ваша учётная запись заблокирована.',
  },
};
const LIFTED: Record<Locale, Record<SanctionKind, string>> = {
  en: {
    warning: 'The warning was taken back.',
    mute: 'You can write again.',
    search_ban: 'Your profile can be found again.',
    suspension: 'Your account is open again.',
    ban: 'Your account is open again.',
  },
  ru: {
    warning: 'Предупреждение снято.',
    mute: 'Вы снова можете писать.',
    search_ban: 'Ваш профиль снова находится в поиске.',
    suspension: 'Ваша учётная запись снова открыта.',
    ban: 'Ваша учётная запись снова открыта.',
  },
};
const NOT_FREE_YET = {
  en: 'One of the decisions about your account was taken back; another is still in force.',
  ru: 'Одно из решений о вашей учётной записи отменено; другое ещё действует.',
};
const OUTCOMES = {
  en: {
    upheld: 'You were right: we have acted. Thank you for helping.',
    dismissed: 'We found no breach of the rules. You can block or hide the person so as not to meet them.',
  },
  ru: {
    upheld: 'Вы были правы: мы приняли меры. Спасибо за помощь.',
    dismissed:
      'Нарушения правил мы не нашли. Вы можете заблокировать или скрыть этого человека, чтобы с ним не встречаться.',
  },
};
const DECISIONS = {
  en: { upheld: 'The decision stays.', lifted: 'You were right: the decision was taken back.' },
  ru: { upheld: 'Решение остаётся в силе.', lifted: 'Вы были правы: решение отменено.' },
};
