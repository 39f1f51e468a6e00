export const mailNames = [
  'verifyEmail',
  'recovery',
  'passwordReset',
  'passwordChanged',
  'recoveryCodesMade',
  'emailChangeAsked',
  'emailChanged',
  'signInsLocked',
  'codesLocked',
  'newDevice',
  'invitation',
  'assistedRecoveryStarted',
  'assistedRecovery',
  'roleChanged',
  'totpSwitchedOn',
  'totpSwitchedOff',
  'appleLinked',
  'appleUnlinked',
  'deletionScheduled',
  'accountDeleted',
  'exportReady',
  'sanctioned',
  'sanctionLifted',
  'sanctionEnded',
  'appealDecided',
  'usernameReset',
] as const;
export type MailName = (typeof mailNames)[number];

export type TextBlock =
  | { kind: 'text' | 'quiet'; text: string }
  | { kind: 'code' }
  | { kind: 'list'; of: string }
  | { kind: 'button'; label: string };

export type MailText = { subject: string; heading: string; blocks: readonly TextBlock[] };

const text = (pattern: string): TextBlock => ({ kind: 'text', text: pattern });
const quiet = (pattern: string): TextBlock => ({ kind: 'quiet', text: pattern });
const button = (label: string): TextBlock => ({ kind: 'button', label });
const code: TextBlock = { kind: 'code' };
const usernames: TextBlock = { kind: 'list', of: 'usernames' };

const english: Record<MailName, MailText> = {
  verifyEmail: {
    subject: 'Confirm your address',
    heading: 'Confirm your address',
    blocks: [
      text(
        'Hello, {username}! Enter this code in the app. It works for {minutes, plural, one {# minute} other {# minutes}}.',
      ),
      code,
      text('Or confirm the address in the browser:'),
      button('Confirm the address'),
      quiet('If you did not sign up for Soyamate, somebody mistyped an address. Just leave this letter alone.'),
    ],
  },
  recovery: {
    subject: 'Your login and a code for a new password',
    heading: 'Back to your account',
    blocks: [
      text('{count, plural, one {Your login on Soyamate:} other {Your logins on Soyamate:}}'),
      usernames,
      text(
        'To set a new password, enter this code in the app. It works once, for {minutes, plural, one {# minute} other {# minutes}}.',
      ),
      code,
      button('Set a new password'),
      quiet(
        'You did not ask for this? Then do nothing: without the code nobody gets in. Never tell it to anyone, even if they say that they are from Soyamate.',
      ),
    ],
  },
  passwordReset: {
    subject: 'Your password was reset',
    heading: 'You have a new password',
    blocks: [
      text(
        'The password of {username} was reset by recovery on {happenedAt, date, long} at {happenedAt, time, short} UTC. Every device was signed out.{apple, select, off { Sign in with Apple was taken off the account, in case somebody else had added it: add yours again in the settings.} stays { Sign in with Apple still opens the account, as it has from the beginning.} other {}}{totp, select, off { Two-step sign-in was switched off: switch it on again in the settings.} other {}}{savedCodes, select, void { Your saved recovery codes are void: make new ones in the settings.} other {}}',
      ),
      quiet('If it was not you, recover the account now and look after your mailbox: whoever did this could read it.'),
    ],
  },
  passwordChanged: {
    subject: 'Your password was changed',
    heading: 'You have a new password',
    blocks: [
      text(
        'The password of {username} was changed on {happenedAt, date, long} at {happenedAt, time, short} UTC. Your other devices were signed out.{savedCodes, select, void { Your saved recovery codes are void: make new ones in the settings.} other {}}',
      ),
      quiet('If it was not you, recover the account with “Forgot password” at once.'),
    ],
  },
  recoveryCodesMade: {
    subject: 'New recovery codes were made',
    heading: 'New recovery codes',
    blocks: [
      text(
        'On {happenedAt, date, long} at {happenedAt, time, short} UTC codes were made for {username} that set a new password without a letter. Those made before are void.',
      ),
      quiet(
        'If it was not you, set a new password with “Forgot password” at once: that makes these codes void and signs every device out.',
      ),
    ],
  },
  emailChangeAsked: {
    subject: 'Somebody is changing your address',
    heading: 'A new address for your account',
    blocks: [
      text(
        '{username} is to be moved from this address to {newEmail}. Nothing has changed yet: the new address must be confirmed first.',
      ),
      quiet('If it was not you, change your password now: whoever did this knows it.'),
    ],
  },
  emailChanged: {
    subject: 'The address of your account was changed',
    heading: 'The address was changed',
    blocks: [
      text('Letters for {username} now go to {newEmail}. Other devices were signed out.'),
      quiet('If it was not you, write to support at once.'),
    ],
  },
  signInsLocked: {
    subject: 'Somebody is guessing your password',
    heading: 'Too many wrong passwords',
    blocks: [
      text(
        '{failures, plural, one {# wrong password was} other {# wrong passwords in a row were}} entered for {username}. Sign-in pauses for {minutes, plural, one {# minute} other {# minutes}}, and longer with each further try.',
      ),
      quiet(
        'If it was you, just wait or set a new password with “Forgot password”. If not, you need do nothing: a long password that you use nowhere else holds. ',
      ),
    ],
  },
  codesLocked: {
    subject: 'Somebody is guessing your sign-in codes',
    heading: 'Too many wrong codes',
    blocks: [
      text(
        '{failures, plural, one {# wrong code was} other {# wrong codes in a row were}} entered for {username}, by somebody who has got past the password. Codes are refused for {minutes, plural, one {# minute} other {# minutes}}, and longer with each further try.',
      ),
      quiet('If it was you, just wait, or use one of your saved codes later. If not, change your password now.'),
    ],
  },
  newDevice: {
    subject: 'A new device in your account',
    heading: 'Was this you?',
    blocks: [
      text(
        'Somebody signed in to {username} on {happenedAt, date, long} at {happenedAt, time, short} UTC on a device that the account has not been used on before ({device, select, unknown {of a kind that we do not know} other {{device}}}).',
      ),
      quiet(
        'If it was you, there is nothing to do. If not, change your password now: that signs every other device out. You see all of them in the settings of your account.',
      ),
    ],
  },
  invitation: {
    subject: 'Your Soyamate account',
    heading: 'Welcome to Soyamate',
    blocks: [
      text(
        'An account with the role “{role, select, user {player} moderator {moderator} admin {administrator} other {{role}}}” was made for you. Your login:',
      ),
      usernames,
      text(
        'Choose a password with this code within {hours, plural, one {# hour} other {# hours}}. After that, “Forgot password” will send a new code.',
      ),
      code,
      button('Choose a password'),
    ],
  },
  assistedRecoveryStarted: {
    subject: 'Support is about to open your account to somebody',
    heading: 'Is it you who cannot get in?',
    blocks: [
      text(
        'Somebody told our support that they are {username} and cannot get into the account any more. On {dueAt, date, long} at {dueAt, time, short} UTC a code for a new password will go to {newEmail}. With it the account moves to that address, and two-step sign-in is switched off.',
      ),
      text('If it is not you, open the app and choose “Keep my account”. Nothing will change then.'),
    ],
  },
  assistedRecovery: {
    subject: 'A code for your account',
    heading: 'Back to your account',
    blocks: [
      text('Three days have passed, and nobody objected. Your login on Soyamate is {username}.'),
      text(
        'To set a new password, enter this code in the app. It works once, for {hours, plural, one {# hour} other {# hours}}. Two-step sign-in is switched off with it, if it was on.',
      ),
      code,
      button('Set a new password'),
      quiet('Never tell the code to anyone, even if they say that they are from Soyamate.'),
    ],
  },
  roleChanged: {
    subject: 'Your role has changed',
    heading: 'Your role has changed',
    blocks: [
      text(
        'The role of {username} is now “{role, select, user {player} moderator {moderator} admin {administrator} other {{role}}}”. It was changed by an administrator.',
      ),
    ],
  },
  totpSwitchedOn: {
    subject: 'Two-step sign-in is on',
    heading: 'Two-step sign-in is on',
    blocks: [
      text(
        'From now on {username} signs in with the password and a code from the authenticator app. Keep the recovery codes in a safe place.',
      ),
      quiet(
        'If it was not you, set a new password with “Forgot password” at once: that signs every device out. It leaves two-step sign-in on, so then write to support: a moderator can begin a recovery that takes it off after three days.',
      ),
    ],
  },
  totpSwitchedOff: {
    subject: 'Two-step sign-in is off',
    heading: 'Two-step sign-in is off',
    blocks: [
      text('{username} signs in with the password alone again.'),
      quiet('If it was not you, change the password and switch it on again.'),
    ],
  },
  appleLinked: {
    subject: 'Sign in with Apple was added to your account',
    heading: 'A new way into your account',
    blocks: [
      text(
        'Since {happenedAt, date, long}, {happenedAt, time, short} UTC, an Apple ID opens {username}, without the password.',
      ),
      quiet(
        'If it was not you, recover the account with “Forgot password” at once: that takes the Apple ID off and signs every device out.',
      ),
    ],
  },
  appleUnlinked: {
    subject: 'Sign in with Apple was taken off your account',
    heading: 'Sign in with Apple is off',
    blocks: [
      text(
        'Since {happenedAt, date, long}, {happenedAt, time, short} UTC, no Apple ID opens {username}. Other devices were signed out.',
      ),
      quiet('If it was not you, recover the account with “Forgot password” at once.'),
    ],
  },
  deletionScheduled: {
    subject: 'Your account will be deleted',
    heading: 'Your account will be deleted',
    blocks: [
      text(
        '{username} and everything personal in it will be erased on {dueAt, date, long} at {dueAt, time, short} UTC. Until then you can change your mind in the app.',
      ),
      quiet('If it was not you, sign in, cancel the deletion and change your password.'),
    ],
  },
  accountDeleted: {
    subject: 'Your account has been deleted',
    heading: 'Goodbye, {username}',
    blocks: [
      text(
        'Your account and the personal data in it have been erased. This is the last letter. Thank you for playing.',
      ),
    ],
  },
  exportReady: {
    subject: 'Your data is ready',
    heading: 'Your data is ready',
    blocks: [
      text(
        'The archive with everything that we hold about {username} is ready. Download it in the app, in the settings of your account, within {days, plural, one {# day} other {# days}}.',
      ),
    ],
  },
  sanctioned: {
    subject: 'A decision of our moderators',
    heading: 'A decision about your account',
    blocks: [
      text('Hello, {username}. {what}'),
      text('Why: {why}'),
      text('You may appeal in the app; another moderator than the one who decided will look at it.'),
    ],
  },
  sanctionLifted: {
    subject: 'A decision about your account was taken back',
    heading: 'A decision was taken back',
    blocks: [text('Hello, {username}. {what}')],
  },
  sanctionEnded: {
    subject: 'A restriction of your account has ended',
    heading: 'It is over',
    blocks: [text('Hello, {username}. {what}')],
  },
  appealDecided: {
    subject: 'Your appeal was decided',
    heading: 'Your appeal was decided',
    blocks: [text('Hello, {username}. {what}'), text('{answer}')],
  },
  usernameReset: {
    subject: 'You have a new username',
    heading: 'Your username was changed',
    blocks: [text('Our moderators took your username away because it breaks the rules. Your login is now {username}.')],
  },
};

const russian: Record<MailName, MailText> = {
  verifyEmail: {
    subject: 'Подтвердите адрес',
    heading: 'Подтвердите адрес',
    blocks: [
      text(
        'Здравствуйте, {username}! Введите этот код в приложении. Он действует {minutes, plural, one {# минуту} few {# минуты} many {# минут} other {# минуты}}.',
      ),
      code,
      text('Или подтвердите адрес в браузере:'),
      button('Подтвердить адрес'),
      quiet(
        'Если вы не регистрировались в Soyamate, кто-то ошибся адресом. Просто не обращайте внимания на это письмо.',
      ),
    ],
  },
  recovery: {
    subject: 'Ваш логин и код для нового пароля',
    heading: 'Возвращаем доступ',
    blocks: [
      text('{count, plural, one {Ваш логин в Soyamate:} other {Ваши логины в Soyamate:}}'),
      usernames,
      text(
        'Чтобы задать новый пароль, введите этот код в приложении. Он сработает один раз и действует {minutes, plural, one {# минуту} few {# минуты} many {# минут} other {# минуты}}.',
      ),
      code,
      button('Задать новый пароль'),
      quiet(
        'Вы этого не просили? Ничего не делайте: без кода никто не войдёт. Никому не сообщайте его, даже тем, кто представится сотрудником Soyamate.',
      ),
    ],
  },
  passwordReset: {
    subject: 'Пароль восстановлен',
    heading: 'У вас новый пароль',
    blocks: [
      text(
        'Пароль {username} заменён через восстановление {happenedAt, date, long} в {happenedAt, time, short} UTC. Вход на всех устройствах завершён.{apple, select, off { Вход через Apple убран — на случай, если его добавил кто-то другой: свой добавьте снова в настройках.} stays { Вход через Apple по-прежнему открывает учётную запись, как и с самого начала.} other {}}{totp, select, off { Двухэтапный вход выключен: включите его снова в настройках.} other {}}{savedCodes, select, void { Сохранённые коды восстановления больше не действуют: создайте новые в настройках.} other {}}',
      ),
      quiet(
        'Если это были не вы, сейчас же восстановьте доступ и проверьте свой почтовый ящик: тот, кто это сделал, мог его читать.',
      ),
    ],
  },
  passwordChanged: {
    subject: 'Пароль изменён',
    heading: 'У вас новый пароль',
    blocks: [
      text(
        'Пароль {username} изменён {happenedAt, date, long} в {happenedAt, time, short} UTC. На остальных устройствах вход завершён.{savedCodes, select, void { Сохранённые коды восстановления больше не действуют: создайте новые в настройках.} other {}}',
      ),
      quiet('Если это были не вы, сразу же восстановите доступ через «Забыли пароль».'),
    ],
  },
  recoveryCodesMade: {
    subject: 'Созданы новые коды восстановления',
    heading: 'Новые коды восстановления',
    blocks: [
      text(
        'Для {username} {happenedAt, date, long} в {happenedAt, time, short} UTC созданы коды, с которыми новый пароль можно задать без письма. Созданные раньше больше не действуют.',
      ),
      quiet(
        'Если это были не вы, сразу же задайте новый пароль через «Забыли пароль»: эти коды перестанут действовать, и на всех устройствах произойдёт выход.',
      ),
    ],
  },
  emailChangeAsked: {
    subject: 'Кто-то меняет ваш адрес',
    heading: 'Новый адрес вашей учётной записи',
    blocks: [
      text(
        'Учётную запись {username} хотят перенести с этого адреса на {newEmail}. Пока ничего не изменилось: сначала новый адрес нужно подтвердить.',
      ),
      quiet('Если это не вы, сейчас же смените пароль: тот, кто это сделал, его знает.'),
    ],
  },
  emailChanged: {
    subject: 'Адрес учётной записи изменён',
    heading: 'Адрес изменён',
    blocks: [
      text('Письма для {username} теперь приходят на {newEmail}. На остальных устройствах вход завершён.'),
      quiet('Если это были не вы, сразу же напишите в поддержку.'),
    ],
  },
  signInsLocked: {
    subject: 'Кто-то подбирает ваш пароль',
    heading: 'Слишком много неверных паролей',
    blocks: [
      text(
        'Для {username} {failures, plural, one {введён # неверный пароль} few {введены # неверных пароля подряд} many {введено # неверных паролей подряд} other {введено # неверного пароля подряд}}. Вход закрыт на {minutes, plural, one {# минуту} few {# минуты} many {# минут} other {# минуты}}, и с каждой новой попыткой — всё дольше.',
      ),
      quiet(
        'Если это были вы, подождите или задайте новый пароль через «Забыли пароль». Если нет, делать ничего не нужно: длинный пароль, который вы больше нигде не используете, выдержит.',
      ),
    ],
  },
  codesLocked: {
    subject: 'Кто-то подбирает ваши коды для входа',
    heading: 'Слишком много неверных кодов',
    blocks: [
      text(
        'Для {username} {failures, plural, one {введён # неверный код} few {введены # неверных кода подряд} many {введено # неверных кодов подряд} other {введено # неверного кода подряд}}, причём проверку пароля этот человек уже прошёл. Коды не принимаются {minutes, plural, one {# минуту} few {# минуты} many {# минут} other {# минуты}}, и с каждой новой попыткой — всё дольше.',
      ),
      quiet(
        'Если это были вы, подождите или введите позже один из запасных кодов. Если нет, сейчас же смените пароль.',
      ),
    ],
  },
  newDevice: {
    subject: 'Вход с нового устройства',
    heading: 'Это были вы?',
    blocks: [
      text(
        'В учётную запись {username} вошли {happenedAt, date, long} в {happenedAt, time, short} UTC с устройства, на котором ею раньше не пользовались ({device, select, unknown {какого именно, неизвестно} other {{device}}}).',
      ),
      quiet(
        'Если это были вы, делать ничего не нужно. Если нет, сейчас же смените пароль: на всех остальных устройствах произойдёт выход. Список устройств — в настройках учётной записи.',
      ),
    ],
  },
  invitation: {
    subject: 'Ваша учётная запись в Soyamate',
    heading: 'Добро пожаловать в Soyamate',
    blocks: [
      text(
        'Для вас создана учётная запись с ролью «{role, select, user {игрок} moderator {модератор} admin {администратор} other {{role}}}». Ваш логин:',
      ),
      usernames,
      text(
        'Выберите пароль с помощью этого кода в течение {hours, plural, one {# часа} few {# часов} many {# часов} other {# часа}}. Позже новый код пришлёт «Забыли пароль».',
      ),
      code,
      button('Выбрать пароль'),
    ],
  },
  assistedRecoveryStarted: {
    subject: 'Поддержка собирается открыть кому-то вашу учётную запись',
    heading: 'Это вы не можете войти?',
    blocks: [
      text(
        'Кто-то обратился в поддержку как {username} и сообщил, что больше не может войти. {dueAt, date, long} в {dueAt, time, short} UTC на {newEmail} придёт код для нового пароля. С ним учётная запись перейдёт на этот адрес, а двухэтапный вход выключится.',
      ),
      text('Если это не вы, откройте приложение и выберите «Оставить учётную запись мне». Тогда ничего не изменится.'),
    ],
  },
  assistedRecovery: {
    subject: 'Код для вашей учётной записи',
    heading: 'Возвращаем доступ',
    blocks: [
      text('Прошло три дня, и никто не возразил. Ваш логин в Soyamate: {username}.'),
      text(
        'Чтобы задать новый пароль, введите этот код в приложении. Он сработает один раз и действует {hours, plural, one {# час} few {# часа} many {# часов} other {# часа}}. Если был включён двухэтапный вход, он выключится.',
      ),
      code,
      button('Задать новый пароль'),
      quiet('Никому не сообщайте код, даже тем, кто представится сотрудником Soyamate.'),
    ],
  },
  roleChanged: {
    subject: 'Ваша роль изменилась',
    heading: 'Ваша роль изменилась',
    blocks: [
      text(
        'Роль {username} теперь «{role, select, user {игрок} moderator {модератор} admin {администратор} other {{role}}}». Её изменил администратор.',
      ),
    ],
  },
  totpSwitchedOn: {
    subject: 'Двухэтапный вход включён',
    heading: 'Двухэтапный вход включён',
    blocks: [
      text(
        'Теперь для входа в {username} нужны пароль и код из приложения-аутентификатора. Храните запасные коды в надёжном месте.',
      ),
      quiet(
        'Если это были не вы, сразу же задайте новый пароль через «Забыли пароль»: на всех устройствах произойдёт выход. Двухэтапный вход при этом останется, поэтому затем напишите в поддержку: модератор начнёт восстановление, которое через три дня его выключит.',
      ),
    ],
  },
  totpSwitchedOff: {
    subject: 'Двухэтапный вход выключен',
    heading: 'Двухэтапный вход выключен',
    blocks: [
      text('Для входа в {username} снова достаточно одного пароля.'),
      quiet('Если это были не вы, смените пароль и включите его снова.'),
    ],
  },
  appleLinked: {
    subject: 'К учётной записи добавлен вход через Apple',
    heading: 'Новый способ войти в учётную запись',
    blocks: [
      text(
        'С {happenedAt, date, long}, {happenedAt, time, short} UTC, в {username} можно войти через Apple ID, без пароля.',
      ),
      quiet(
        'Если это были не вы, сразу же восстановите доступ через «Забыли пароль»: этот Apple ID перестанет подходить, и на всех устройствах произойдёт выход.',
      ),
    ],
  },
  appleUnlinked: {
    subject: 'Вход через Apple убран из учётной записи',
    heading: 'Вход через Apple отключён',
    blocks: [
      text(
        'С {happenedAt, date, long}, {happenedAt, time, short} UTC, войти в {username} через Apple ID нельзя. На остальных устройствах вход завершён.',
      ),
      quiet('Если это были не вы, сразу же восстановите доступ через «Забыли пароль».'),
    ],
  },
  deletionScheduled: {
    subject: 'Учётная запись будет удалена',
    heading: 'Учётная запись будет удалена',
    blocks: [
      text(
        '{username} и все личные данные будут стёрты {dueAt, date, long} в {dueAt, time, short} UTC. До этого времени вы можете передумать в приложении.',
      ),
      quiet('Если это были не вы, войдите, отмените удаление и смените пароль.'),
    ],
  },
  accountDeleted: {
    subject: 'Учётная запись удалена',
    heading: 'До свидания, {username}',
    blocks: [text('Ваша учётная запись и личные данные в ней стёрты. Это последнее письмо. Спасибо за игру.')],
  },
  exportReady: {
    subject: 'Ваши данные готовы',
    heading: 'Ваши данные готовы',
    blocks: [
      text(
        'Архив со всем, что мы храним о {username}, готов. Скачайте его в приложении, в настройках учётной записи, в течение {days, plural, one {# дня} few {# дней} many {# дней} other {# дня}}.',
      ),
    ],
  },
  sanctioned: {
    subject: 'Решение модераторов',
    heading: 'Решение о вашей учётной записи',
    blocks: [
      text('Здравствуйте, {username}. {what}'),
      text('Причина: {why}'),
      text('Решение можно обжаловать в приложении: жалобу рассмотрит другой модератор, не тот, кто его принял.'),
    ],
  },
  sanctionLifted: {
    subject: 'Решение о вашей учётной записи отменено',
    heading: 'Решение отменено',
    blocks: [text('Здравствуйте, {username}. {what}')],
  },
  sanctionEnded: {
    subject: 'Срок ограничения вашей учётной записи истёк',
    heading: 'Срок истёк',
    blocks: [text('Здравствуйте, {username}. {what}')],
  },
  appealDecided: {
    subject: 'Ваше обжалование рассмотрено',
    heading: 'Ваше обжалование рассмотрено',
    blocks: [text('Здравствуйте, {username}. {what}'), text('{answer}')],
  },
  usernameReset: {
    subject: 'У вас новый логин',
    heading: 'Ваш логин изменён',
    blocks: [text('Модераторы сняли ваш логин, потому что он нарушает правила. Теперь ваш логин — {username}.')],
  },
};

export const mailTexts: Record<'en' | 'ru', Record<MailName, MailText>> = { en: english, ru: russian };
