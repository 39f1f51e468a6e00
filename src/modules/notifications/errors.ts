import { defineProblem } from '#platform/errors.ts';

export const deviceNotFound = defineProblem({
  code: 'device_not_found',
  status: 404,
  title: { en: 'There is no such device', ru: 'Такого устройства нет' },
});
export const pushOff = defineProblem({
  code: 'push_off',
  status: 409,
  title: { en: 'This server sends no pushes', ru: 'Этот сервер не отправляет уведомления' },
});
export const unsubscribeLinkInvalid = defineProblem({
  code: 'unsubscribe_link_invalid',
  status: 400,
  title: { en: 'This link is not whole; take it from the letter', ru: 'Ссылка неполная; возьмите её из письма' },
});
