import { defineProblem } from '#platform/errors.ts';

export const tooManyPeople = defineProblem({
  code: 'too_many_people',
  status: 409,
  title: { en: 'This list of people is full', ru: 'Этот список людей заполнен' },
});
export const alreadyTeammates = defineProblem({
  code: 'already_teammates',
  status: 409,
  title: { en: 'You are teammates already', ru: 'Вы уже в одной команде' },
});
export const alreadyRequested = defineProblem({
  code: 'already_requested',
  status: 409,
  title: {
    en: 'You asked this person less than 30 days ago',
    ru: 'Вы уже приглашали этого человека за последние 30 дней',
  },
});
export const requestsClosed = defineProblem({
  code: 'requests_closed',
  status: 403,
  title: { en: 'This person takes no requests from you', ru: 'Этот человек не принимает от вас приглашений' },
});
export const requestQuotaReached = defineProblem({
  code: 'request_quota_reached',
  status: 429,
  title: { en: 'Too many requests to people; wait for answers', ru: 'Слишком много приглашений; дождитесь ответов' },
});
export const requestNotFound = defineProblem({
  code: 'teammate_request_not_found',
  status: 404,
  title: { en: 'There is no such request', ru: 'Такого приглашения нет' },
});
export const requestClosed = defineProblem({
  code: 'teammate_request_closed',
  status: 409,
  title: { en: 'This request is over', ru: 'Это приглашение уже закрыто' },
});
