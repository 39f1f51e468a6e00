import { userNotFound } from '#modules/accounts/index.ts';
import { type Door, door } from '#platform/door.ts';
import { getUserRatings } from './actions/get-user-ratings.ts';
import { listMyRatings } from './actions/list-my-ratings.ts';
import { rateUser } from './actions/rate-user.ts';
import { unrateUser } from './actions/unrate-user.ts';
import { notPlayedTogether } from './errors.ts';
import { GivenRating, PageQuery, RatingBody, ReceivedRatingPage, UserParams, UserRatings } from './schemas.ts';
import type { RatingsTools } from './tools.ts';

const tag = 'ratings';

export const ratingsRoutes = (tools: RatingsTools): Door[] => [
  door({
    operationId: 'rateUser',
    method: 'PUT',
    path: '/v1/users/{userId}/rating',
    tag,
    summary: 'Rate a person after playing together',
    description:
      'One rating for each person, which can be changed. Open to those who have been teammates for a day and wrote to each ' +
      'other, or played in one party; either within the last month. Neither sees the other’s before both gave theirs or seven days have passed.',
    access: 'ratings.write',
    params: UserParams,
    body: RatingBody,
    status: 200,
    answer: GivenRating,
    problems: [userNotFound, notPlayedTogether],
    example: { body: { play: 4, communication: 5, reliability: 5, friendliness: 5, tags: ['calm', 'on_time'] } },
    handle: ({ actor, params, body }) => rateUser(tools, actor, params.userId, body),
  }),
  door({
    operationId: 'unrateUser',
    method: 'DELETE',
    path: '/v1/users/{userId}/rating',
    tag,
    summary: 'Take a rating back',
    access: 'ratings.write',
    params: UserParams,
    status: 204,
    handle: ({ actor, params }) => unrateUser(tools, actor, params.userId),
  }),
  door({
    operationId: 'getUserRatings',
    method: 'GET',
    path: '/v1/users/{userId}/ratings',
    tag,
    summary: 'How others rate a person',
    description: 'The mean is not a plain one: docs/ratings.md explains it.',
    access: 'users.read',
    params: UserParams,
    status: 200,
    answer: UserRatings,
    problems: [userNotFound],
    handle: ({ actor, params }) => getUserRatings(tools, actor, params.userId),
  }),
  door({
    operationId: 'listMyRatings',
    method: 'GET',
    path: '/v1/me/ratings',
    tag,
    summary: 'Ratings that the caller was given',
    access: 'profile.read',
    query: PageQuery,
    status: 200,
    answer: ReceivedRatingPage,
    handle: ({ actor, query }) => listMyRatings(tools, actor, query),
  }),
];
