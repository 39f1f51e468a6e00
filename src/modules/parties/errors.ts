import { defineProblem } from '#platform/errors.ts';

export const partyNotFound = defineProblem({
  code: 'party_not_found',
  status: 404,
  title: { en: 'There is no such party', ru: 'Такой пати нет' },
});
export const partyClosed = defineProblem({
  code: 'party_closed',
  status: 409,
  title: { en: 'This party takes nobody in any more', ru: 'Эта пати больше никого не принимает' },
});
export const partyFull = defineProblem({
  code: 'party_full',
  status: 409,
  title: { en: 'This party has no free place', ru: 'В этой пати нет свободных мест' },
});
export const partyNotStarted = defineProblem({
  code: 'party_not_started',
  status: 409,
  title: { en: 'This party has not started', ru: 'Эта пати ещё не начала игру' },
});
export const partyTooSmall = defineProblem({
  code: 'party_too_small',
  status: 409,
  title: { en: 'A party starts with two people at least', ru: 'Чтобы начать, нужны хотя бы двое' },
});
export const hostOnly = defineProblem({
  code: 'host_only',
  status: 403,
  title: { en: 'Only the host of the party may do this', ru: 'Это может только ведущий пати' },
});
export const partyQuotaReached = defineProblem({
  code: 'party_quota_reached',
  status: 429,
  title: { en: 'Too many parties; end one or wait', ru: 'Слишком много пати; завершите одну или подождите' },
});
export const alreadyApplied = defineProblem({
  code: 'already_applied',
  status: 409,
  title: { en: 'You have applied to this party already', ru: 'Вы уже подали заявку в эту пати' },
});
export const alreadyInParty = defineProblem({
  code: 'already_in_party',
  status: 409,
  title: { en: 'You are in this party already', ru: 'Вы уже в этой пати' },
});
export const applicationsClosed = defineProblem({
  code: 'applications_closed',
  status: 403,
  title: { en: 'This party takes no application from you', ru: 'Эта пати не принимает от вас заявок' },
});
export const applicationQuotaReached = defineProblem({
  code: 'application_quota_reached',
  status: 429,
  title: { en: 'Too many applications; wait for answers', ru: 'Слишком много заявок; дождитесь ответов' },
});
export const applicationNotFound = defineProblem({
  code: 'application_not_found',
  status: 404,
  title: { en: 'There is no such application', ru: 'Такой заявки нет' },
});
export const applicationClosed = defineProblem({
  code: 'application_closed',
  status: 409,
  title: { en: 'This application is over', ru: 'Эта заявка уже закрыта' },
});
export const memberNotFound = defineProblem({
  code: 'party_member_not_found',
  status: 404,
  title: { en: 'There is no such member', ru: 'Такого участника нет' },
});
