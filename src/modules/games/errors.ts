import { defineProblem } from '#platform/errors.ts';

export const gameNotFound = defineProblem({
  code: 'game_not_found',
  status: 404,
  title: { en: 'There is no such game', ru: 'Такой игры нет' },
});
