import { defineProblem } from '#platform/errors.ts';

export const gameNotFound = defineProblem({
  code: 'game_not_found',
  status: 404,
  title: { en: 'There is no such game', ru: 'Такой игры нет' },
});
export const genreNotFound = defineProblem({
  code: 'genre_not_found',
  status: 404,
  title: { en: 'There is no such genre', ru: 'Такого жанра нет' },
});
export const slugTaken = defineProblem({
  code: 'slug_taken',
  status: 409,
  title: {
    en: 'This id is or was in use; it is never given again',
    ru: 'Этот идентификатор занят или был занят; повторно его не дают',
  },
});
export const gameInUse = defineProblem({
  code: 'game_in_use',
  status: 409,
  title: {
    en: 'Somebody plays this game; merge it into another one',
    ru: 'В эту игру кто-то играет; объедините её с другой',
  },
});
export const genreInUse = defineProblem({
  code: 'genre_in_use',
  status: 409,
  title: { en: 'Some games have this genre; change them first', ru: 'Этот жанр есть у игр; сначала измените их' },
});
export const sameGame = defineProblem({
  code: 'same_game',
  status: 409,
  title: { en: 'A game cannot be merged into itself', ru: 'Игру нельзя объединить с самой собой' },
});
export const suggestionNotFound = defineProblem({
  code: 'suggestion_not_found',
  status: 404,
  title: { en: 'There is no such suggestion', ru: 'Такого предложения нет' },
});
export const suggestionDecided = defineProblem({
  code: 'suggestion_decided',
  status: 409,
  title: { en: 'This suggestion has been decided already', ru: 'По этому предложению уже решили' },
});
