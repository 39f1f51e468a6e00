import { defineProblem } from '#platform/errors.ts';

export const profileChanged = defineProblem({
  code: 'profile_changed',
  status: 412,
  title: {
    en: 'The profile has changed since you read it; read it again',
    ru: 'Профиль изменился; прочитайте его заново',
  },
});
export const tooManyGames = defineProblem({
  code: 'too_many_games',
  status: 409,
  title: { en: 'A profile holds at most 100 games', ru: 'В профиле может быть не больше 100 игр' },
});
