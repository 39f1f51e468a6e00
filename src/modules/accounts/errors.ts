import { defineProblem } from '#platform/errors.ts';

export const usernameTaken = defineProblem({
  code: 'username_taken',
  status: 409,
  title: { en: 'This username is taken', ru: 'Этот логин занят' },
});
export const wrongCredentials = defineProblem({
  code: 'wrong_credentials',
  status: 401,
  title: { en: 'The login or the password is wrong', ru: 'Неверный логин или пароль' },
});
export const accountBlocked = defineProblem({
  code: 'account_blocked',
  status: 403,
  title: { en: 'This account is blocked', ru: 'Эта учётная запись заблокирована' },
});
export const termsOutdated = defineProblem({
  code: 'terms_outdated',
  status: 422,
  title: { en: 'Accept the present version of the terms', ru: 'Примите действующую версию условий' },
});
export const userNotFound = defineProblem({
  code: 'user_not_found',
  status: 404,
  title: { en: 'There is no such user', ru: 'Такого пользователя нет' },
});
