import type { SecurityCode } from '#modules/accounts/index.ts';
import type { Words } from '#platform/errors.ts';
import type { FeedKind } from './kinds.ts';

/** What the feed and pushes say of each kind; `{name}` is the person that it is about. */
export const feedTexts: Record<FeedKind, Words> = {
  message_request: { en: '{name} wants to write to you', ru: '{name} хочет вам написать' },
  teammate_request: { en: '{name} wants to play with you', ru: '{name} зовёт вас в тиммейты' },
  request_accepted: { en: '{name} is your teammate now', ru: '{name} теперь ваш тиммейт' },
  rating: { en: '{name} rated you', ru: '{name} оставляет вам оценку' },
  search_match: { en: '{name} fits your saved search', ru: '{name} подходит под ваш сохранённый поиск' },
  party_application: { en: '{name} wants to join your party', ru: '{name} просится к вам в пати' },
  party_accepted: { en: '{name} took you into the party', ru: '{name} берёт вас в пати' },
  party_starts: { en: 'Your party starts in ten minutes', ru: 'Ваша пати начнётся через десять минут' },
  party_cancelled: { en: 'Your party was called off', ru: 'Ваша пати отменена' },
  moderation: { en: 'There is a decision of the moderators', ru: 'Есть решение модераторов' },
  security: { en: 'The security of your account has changed', ru: 'Изменилась защита вашей учётной записи' },
};

/** In place of the text of `security`, where it is known what happened. */
const securityTexts: Record<SecurityCode, Words> = {
  password_changed: { en: 'Your password was changed', ru: 'Ваш пароль изменён' },
  password_reset: { en: 'Your password was reset by recovery', ru: 'Ваш пароль сброшен через восстановление доступа' },
  email_change_asked: { en: 'A new e-mail address was asked for', ru: 'Запрошена смена адреса почты' },
  email_changed: { en: 'Your e-mail address was changed', ru: 'Ваш адрес почты изменён' },
  totp_on: { en: 'Two-step sign-in was switched on', ru: 'Двухэтапный вход включён' },
  totp_off: { en: 'Two-step sign-in was switched off', ru: 'Двухэтапный вход выключен' },
  apple_linked: {
    en: 'Sign in with Apple was added to your account',
    ru: 'К учётной записи добавлен вход через Apple',
  },
  apple_unlinked: {
    en: 'Sign in with Apple was taken off your account',
    ru: 'Вход через Apple убран из учётной записи',
  },
  recovery_started: {
    en: 'Support has begun to restore access to your account',
    ru: 'Поддержка начала восстанавливать доступ к вашей учётной записи',
  },
  recovery_codes_made: {
    en: 'New recovery codes were made for your account',
    ru: 'Для вашей учётной записи созданы новые коды восстановления',
  },
  sign_ins_locked: { en: 'Somebody is guessing your password', ru: 'Кто-то подбирает ваш пароль' },
  codes_locked: { en: 'Somebody is guessing your sign-in codes', ru: 'Кто-то подбирает ваши коды для входа' },
  new_device: {
    en: 'Your account was signed in to on a new device',
    ru: 'В вашу учётную запись вошли с нового устройства',
  },
};

export const feedText = (kind: string, locale: keyof Words, name: string, code?: string): string =>
  (securityTexts[code as SecurityCode] ?? feedTexts[kind as FeedKind])?.[locale].replace('{name}', () => name) ?? '';
