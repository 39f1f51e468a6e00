import type { Locale } from '#platform/errors.ts';

export const pageNames = ['verifyEmail', 'resetPassword', 'firstAdministrator'] as const;
export type PageName = (typeof pageNames)[number];

/** One input of a form: `isFromLink` if the link may bring it, and then it is not asked for. */
export type PageField = {
  name: string;
  kind: 'text' | 'email' | 'code' | 'password' | 'hidden';
  label: string;
  hint?: string;
  isFromLink?: boolean;
};

export type PageText = {
  title: string;
  lead: string;
  /** Said in place of `lead` when the link lacks what it has to bring. */
  incomplete: string;
  button: string;
  done: { title: string; text: string };
  fields: readonly PageField[];
};

export type CommonText = { unreachable: string; deadLink: string; noScript: string; showPassword: string };

/** Where the form of a page goes. */
export const pageCalls: Record<PageName, { path: string; method: 'POST' | 'PUT'; api: string }> = {
  verifyEmail: { path: '/verify-email', method: 'PUT', api: '/v1/auth/email/verification' },
  resetPassword: { path: '/reset-password', method: 'POST', api: '/v1/auth/recovery/reset' },
  firstAdministrator: { path: '/first-administrator', method: 'POST', api: '/v1/setup/administrator' },
};

const token: PageField = { name: 'token', kind: 'hidden', label: '', isFromLink: true };

const english: Record<PageName, PageText> = {
  verifyEmail: {
    title: 'Confirm your address',
    lead: 'Press the button to confirm that this address is yours.',
    incomplete:
      'This link is not complete. Open it from the letter again, or type the code from the letter in the app.',
    button: 'Confirm the address',
    done: { title: 'Your address is confirmed', text: 'Go back to the app. You can close this page.' },
    fields: [token],
  },
  resetPassword: {
    title: 'Choose a new password',
    lead: 'You will be signed out on all devices and sign in with the new password.',
    incomplete: 'Type the code from the letter. You will be signed out on all devices.',
    button: 'Save the password',
    done: { title: 'The new password is saved', text: 'Go back to the app and sign in with it.' },
    fields: [
      { name: 'identifier', kind: 'text', label: 'Login or e-mail', isFromLink: true },
      { name: 'code', kind: 'code', label: 'Code from the letter', isFromLink: true },
      {
        name: 'newPassword',
        kind: 'password',
        label: 'New password',
        hint: 'At least 10 characters; 15 or more are better. A few random words are easy to remember.',
      },
    ],
  },
  firstAdministrator: {
    title: 'The first administrator',
    lead: 'This server has no administrator yet. Make the account that will run it.',
    incomplete: 'This link is not complete. Copy it as a whole from the console where the server was started.',
    button: 'Make the administrator',
    done: { title: 'The administrator is made', text: 'Sign in with this account. The link does not work any more.' },
    fields: [
      token,
      { name: 'username', kind: 'text', label: 'Login' },
      { name: 'email', kind: 'email', label: 'E-mail' },
      { name: 'password', kind: 'password', label: 'Password', hint: 'At least 10 characters; 15 or more are better.' },
    ],
  },
};

const russian: Record<PageName, PageText> = {
  verifyEmail: {
    title: 'Подтвердите адрес',
    lead: 'Нажмите кнопку, чтобы подтвердить, что этот адрес ваш.',
    incomplete: 'Ссылка неполная. Откройте её из письма ещё раз или введите код из письма в приложении.',
    button: 'Подтвердить адрес',
    done: { title: 'Адрес подтверждён', text: 'Вернитесь в приложение. Эту страницу можно закрыть.' },
    fields: [token],
  },
  resetPassword: {
    title: 'Придумайте новый пароль',
    lead: 'На всех устройствах произойдёт выход; войдите заново с новым паролем.',
    incomplete: 'Введите код из письма. На всех устройствах произойдёт выход.',
    button: 'Сохранить пароль',
    done: { title: 'Новый пароль сохранён', text: 'Вернитесь в приложение и войдите с ним.' },
    fields: [
      { name: 'identifier', kind: 'text', label: 'Логин или почта', isFromLink: true },
      { name: 'code', kind: 'code', label: 'Код из письма', isFromLink: true },
      {
        name: 'newPassword',
        kind: 'password',
        label: 'Новый пароль',
        hint: 'Не короче 10 символов, лучше 15 и больше. Несколько случайных слов легко запомнить.',
      },
    ],
  },
  firstAdministrator: {
    title: 'Первый администратор',
    lead: 'На этом сервере ещё нет администратора. Создайте учётную запись, которая будет им управлять.',
    incomplete: 'Ссылка неполная. Скопируйте её целиком из консоли, где запущен сервер.',
    button: 'Создать администратора',
    done: { title: 'Администратор создан', text: 'Войдите с этой учётной записью. Ссылка больше не действует.' },
    fields: [
      token,
      { name: 'username', kind: 'text', label: 'Логин' },
      { name: 'email', kind: 'email', label: 'Почта' },
      { name: 'password', kind: 'password', label: 'Пароль', hint: 'Не короче 10 символов, лучше 15 и больше.' },
    ],
  },
};

export const pageTexts: Record<Locale, Record<PageName, PageText>> = { en: english, ru: russian };

export const commonTexts: Record<Locale, CommonText> = {
  en: {
    unreachable: 'The server does not answer. Check the connection and try again.',
    deadLink: 'This link does not work, or not any more.',
    noScript: 'This page needs JavaScript. You can also type the code from the letter in the app.',
    showPassword: 'Show the password',
  },
  ru: {
    unreachable: 'Сервер не отвечает. Проверьте соединение и попробуйте ещё раз.',
    deadLink: 'Эта ссылка не работает или уже не действует.',
    noScript: 'Этой странице нужен JavaScript. Можно также ввести код из письма в приложении.',
    showPassword: 'Показать пароль',
  },
};
