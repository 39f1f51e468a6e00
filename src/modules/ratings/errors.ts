import { defineProblem } from '#platform/errors.ts';

export const notPlayedTogether = defineProblem({
  code: 'not_played_together',
  status: 403,
  title: {
    en: 'Rate people after a day as teammates who write to each other, or a party together',
    ru: 'Оценивать можно тех, с кем вы хотя бы день в команде и переписываетесь или играли в одной пати',
  },
});
