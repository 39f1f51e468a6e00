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
export const accountNotBlocked = defineProblem({
  code: 'account_not_blocked',
  status: 409,
  title: {
    en: 'This account is not blocked: sign in as usual',
    ru: 'Учётная запись не заблокирована: войдите как обычно',
  },
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
export const wrongPassword = defineProblem({
  code: 'wrong_password',
  status: 403,
  title: { en: 'The password is wrong', ru: 'Неверный пароль' },
});
export const signInAgain = defineProblem({
  code: 'sign_in_again',
  status: 403,
  title: { en: 'Sign in again to do this', ru: 'Для этого войдите ещё раз' },
});
export const aboveYourRole = defineProblem({
  code: 'above_your_role',
  status: 403,
  title: { en: 'This is for a role above yours', ru: 'Для этого нужна роль выше вашей' },
});
export const wrongCode = defineProblem({
  code: 'wrong_code',
  status: 422,
  title: {
    en: 'The code is wrong or no longer valid',
    ru: 'Код неверен или больше не действует',
  },
});
export const usernameNeeded = defineProblem({
  code: 'username_needed',
  status: 409,
  title: {
    en: 'This address has several accounts: give the username instead',
    ru: 'На этом адресе несколько учётных записей: укажите логин',
  },
});
export const emailAlreadyVerified = defineProblem({
  code: 'email_already_verified',
  status: 409,
  title: { en: 'The address is confirmed already', ru: 'Адрес уже подтверждён' },
});
export const noEmail = defineProblem({
  code: 'no_email',
  status: 409,
  title: { en: 'The account has no address', ru: 'У учётной записи нет адреса' },
});
export const lastAdmin = defineProblem({
  code: 'last_admin',
  status: 409,
  title: { en: 'The last administrator must stay', ru: 'Последнего администратора убрать нельзя' },
});
export const alreadyRegistered = defineProblem({
  code: 'already_registered',
  status: 409,
  title: { en: 'You are signed in to a full account already', ru: 'Вы уже вошли в полную учётную запись' },
});
export const totpRequired = defineProblem({
  code: 'totp_required',
  status: 401,
  title: { en: 'Give the code of your authenticator app, too', ru: 'Укажите ещё и код из приложения-аутентификатора' },
});
export const wrongTotp = defineProblem({
  code: 'wrong_totp',
  status: 401,
  title: { en: 'The code of the authenticator app is wrong', ru: 'Неверный код из приложения-аутентификатора' },
});
export const totpAlreadyOn = defineProblem({
  code: 'totp_already_on',
  status: 409,
  title: { en: 'Two-step sign-in is on already', ru: 'Двухэтапный вход уже включён' },
});
export const appleAlreadyLinked = defineProblem({
  code: 'apple_already_linked',
  status: 409,
  title: {
    en: 'The account has an Apple ID already, or this one belongs to an account',
    ru: 'К учётной записи уже привязан Apple ID, или этот Apple ID уже занят',
  },
});
export const onlyWayIn = defineProblem({
  code: 'only_way_in',
  status: 409,
  title: {
    en: 'There is no other way into the account: set a password first',
    ru: 'Другого способа войти нет: сначала задайте пароль',
  },
});
export const registrationNeeded = defineProblem({
  code: 'registration_needed',
  status: 422,
  title: {
    en: 'There is no account for this Apple ID yet: give a username, an age band and the accepted terms',
    ru: 'Для этого Apple ID ещё нет учётной записи: укажите логин, возраст и принятые условия',
  },
});
