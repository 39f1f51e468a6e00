import { defineProblem } from '#platform/errors.ts';

export const tooManySavedSearches = defineProblem({
  code: 'too_many_saved_searches',
  status: 409,
  title: { en: 'You have ten saved searches already', ru: 'У вас уже десять сохранённых поисков' },
});
export const savedSearchNotFound = defineProblem({
  code: 'saved_search_not_found',
  status: 404,
  title: { en: 'There is no such saved search', ru: 'Такого сохранённого поиска нет' },
});
