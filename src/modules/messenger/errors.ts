import { defineProblem } from '#platform/errors.ts';

export const chatNotFound = defineProblem({
  code: 'chat_not_found',
  status: 404,
  title: { en: 'There is no such chat', ru: 'Такого чата нет' },
});
export const peerNotFound = defineProblem({
  code: 'user_not_found',
  status: 404,
  title: { en: 'There is no such user', ru: 'Такого пользователя нет' },
});
export const ownDirectChat = defineProblem({
  code: 'own_direct_chat',
  status: 422,
  title: { en: 'There is no chat with oneself', ru: 'Чата с самим собой нет' },
});
export const clientIdReused = defineProblem({
  code: 'client_id_reused',
  status: 409,
  title: {
    en: 'This clientId was used for another message',
    ru: 'Этот clientId уже использован для другого сообщения',
  },
});
