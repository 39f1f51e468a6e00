import { defineProblem } from '#platform/errors.ts';

export const subjectNotFound = defineProblem({
  code: 'subject_not_found',
  status: 404,
  title: { en: 'There is nothing there to report', ru: 'Жаловаться не на что: такого нет' },
});
export const reportQuotaReached = defineProblem({
  code: 'report_quota_reached',
  status: 429,
  title: { en: 'You have reported as much as one may in a day', ru: 'Достигнут дневной предел жалоб' },
});
export const caseNotFound = defineProblem({
  code: 'case_not_found',
  status: 404,
  title: { en: 'There is no such case', ru: 'Такого дела нет' },
});
export const caseClaimed = defineProblem({
  code: 'case_claimed',
  status: 409,
  title: { en: 'Another moderator is at this case', ru: 'Этим делом занят другой модератор' },
});
export const caseResolved = defineProblem({
  code: 'case_resolved',
  status: 409,
  title: { en: 'The case is resolved already', ru: 'Дело уже решено' },
});
export const yourOwnCase = defineProblem({
  code: 'your_own_case',
  status: 403,
  title: { en: 'Nobody handles a case about themself', ru: 'Никто не ведёт дело о себе' },
});
export const sanctionNotFound = defineProblem({
  code: 'sanction_not_found',
  status: 404,
  title: { en: 'There is no such sanction', ru: 'Такой санкции нет' },
});
export const sanctionOver = defineProblem({
  code: 'sanction_over',
  status: 409,
  title: { en: 'The sanction is over already', ru: 'Санкция уже не действует' },
});
export const alreadyAppealed = defineProblem({
  code: 'already_appealed',
  status: 409,
  title: { en: 'You have appealed against this already', ru: 'Вы это уже обжаловали' },
});
export const appealNotFound = defineProblem({
  code: 'appeal_not_found',
  status: 404,
  title: { en: 'There is no such appeal', ru: 'Такого обжалования нет' },
});
export const appealDecidedAlready = defineProblem({
  code: 'appeal_decided',
  status: 409,
  title: { en: 'The appeal is decided already', ru: 'Обжалование уже рассмотрено' },
});
export const anotherModerator = defineProblem({
  code: 'another_moderator',
  status: 403,
  title: {
    en: 'Another moderator than the one who decided looks at an appeal',
    ru: 'Обжалование рассматривает другой модератор',
  },
});
export const textRuleNotFound = defineProblem({
  code: 'text_rule_not_found',
  status: 404,
  title: { en: 'There is no such rule', ru: 'Такого правила нет' },
});
export const textRuleExists = defineProblem({
  code: 'text_rule_exists',
  status: 409,
  title: { en: 'There is such a rule already', ru: 'Такое правило уже есть' },
});
