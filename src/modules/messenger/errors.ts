import { defineProblem } from '#platform/errors.ts';

export const chatNotFound = defineProblem({
  code: 'chat_not_found',
  status: 404,
  title: { en: 'There is no such chat', ru: 'Такого чата нет' },
});
export const messageNotFound = defineProblem({
  code: 'message_not_found',
  status: 404,
  title: { en: 'There is no such message', ru: 'Такого сообщения нет' },
});
export const peerNotFound = defineProblem({
  code: 'user_not_found',
  status: 404,
  title: { en: 'There is no such user', ru: 'Такого пользователя нет' },
});
export const memberNotFound = defineProblem({
  code: 'member_not_found',
  status: 404,
  title: { en: 'There is no such member in this chat', ru: 'В этом чате нет такого участника' },
});
export const inviteNotFound = defineProblem({
  code: 'invite_not_found',
  status: 404,
  title: { en: 'This invitation is not valid', ru: 'Приглашение недействительно' },
});
export const joinRequestNotFound = defineProblem({
  code: 'join_request_not_found',
  status: 404,
  title: { en: 'There is no such request to join', ru: 'Такой заявки на вступление нет' },
});
export const ownDirectChat = defineProblem({
  code: 'own_direct_chat',
  status: 422,
  title: { en: 'There is no chat with oneself', ru: 'Чата с самим собой нет' },
});
export const groupOnly = defineProblem({
  code: 'group_only',
  status: 422,
  title: { en: 'This is for group chats only', ru: 'Это возможно только в беседе' },
});
export const clientIdReused = defineProblem({
  code: 'client_id_reused',
  status: 409,
  title: {
    en: 'This clientId was used for another message',
    ru: 'Этот clientId уже использован для другого сообщения',
  },
});
/** One answer for every cause (blocked, gone, refused), so that it tells nobody of a block. */
export const writingRefused = defineProblem({
  code: 'writing_refused',
  status: 403,
  title: { en: 'You cannot write here now', ru: 'Сейчас вы не можете писать сюда' },
});
export const requestPending = defineProblem({
  code: 'request_pending',
  status: 403,
  title: {
    en: 'You can write more once your request is accepted',
    ru: 'Писать дальше можно, когда на ваш запрос ответят',
  },
});
export const chatRequestQuotaReached = defineProblem({
  code: 'chat_request_quota_reached',
  status: 429,
  title: {
    en: 'Too many requests to strangers; wait for answers',
    ru: 'Слишком много запросов незнакомым; дождитесь ответов',
  },
});
export const rightMissing = defineProblem({
  code: 'right_missing',
  status: 403,
  title: { en: 'Your role in this chat does not allow this', ru: 'Ваша роль в этом чате этого не позволяет' },
});
export const slowMode = defineProblem({
  code: 'slow_mode',
  status: 429,
  title: { en: 'Slow mode is on: wait before the next message', ru: 'Включён медленный режим: подождите' },
});
export const tooLateToEdit = defineProblem({
  code: 'too_late_to_edit',
  status: 409,
  title: { en: 'It is too late to change this message', ru: 'Менять это сообщение уже поздно' },
});
export const chatFull = defineProblem({
  code: 'chat_full',
  status: 409,
  title: { en: 'The chat has no more places', ru: 'В чате больше нет мест' },
});
export const tooMany = defineProblem({
  code: 'too_many',
  status: 409,
  title: { en: 'There are as many of these as there may be', ru: 'Больше добавить нельзя: достигнут предел' },
});
export const pollClosed = defineProblem({
  code: 'poll_closed',
  status: 409,
  title: { en: 'The poll is closed', ru: 'Опрос закрыт' },
});
export const changesTooOld = defineProblem({
  code: 'changes_too_old',
  status: 410,
  title: {
    en: 'This copy of the chat cannot be caught up: load the chat anew',
    ru: 'Догнать изменения нельзя: загрузите чат заново',
  },
});
export const searchTooBroad = defineProblem({
  code: 'search_too_broad',
  status: 422,
  title: { en: 'Too many messages fit: narrow the search', ru: 'Подходит слишком много сообщений: уточните поиск' },
});
