import { userNotFound } from '#modules/accounts/index.ts';
import { gameNotFound } from '#modules/games/index.ts';
import {
  brokenPicture,
  MAX_PICTURE_BYTES,
  mediaQuotaReached,
  notAPicture,
  Picture,
  pictureTooLarge,
} from '#modules/media/index.ts';
import { type Door, door } from '#platform/door.ts';
import { Bytes } from '#platform/schemas.ts';
import { deleteAvatar } from './actions/delete-avatar.ts';
import { deleteProfileGame } from './actions/delete-profile-game.ts';
import { getMyProfile } from './actions/get-my-profile.ts';
import { getUser } from './actions/get-user.ts';
import { getUserByUsername } from './actions/get-user-by-username.ts';
import { listMyTeammates } from './actions/list-my-teammates.ts';
import { listTeammateRequests } from './actions/list-teammate-requests.ts';
import { orderProfileGames } from './actions/order-profile-games.ts';
import { putAvatar } from './actions/put-avatar.ts';
import { putProfileGame } from './actions/put-profile-game.ts';
import { updateMyProfile } from './actions/update-my-profile.ts';
import { profileChanged, tooManyGames } from './errors.ts';
import {
  Card,
  GameOrderBody,
  GameParams,
  MyProfile,
  MyTeammatePage,
  PlayedGame,
  PlayedGameBody,
  ProfilePatch,
  TeammateRequestPage,
  TeammateRequestsQuery,
  TeammatesQuery,
  UsernameParams,
  UserParams,
} from './schemas.ts';
import type { ProfilesTools } from './tools.ts';

const tag = 'profiles';
const versionHeader = { etag: 'The version of the profile, for `If-Match`.' };

export const profilesRoutes = (tools: ProfilesTools): Door[] => [
  door({
    operationId: 'getMyProfile',
    method: 'GET',
    path: '/v1/me/profile',
    tag,
    summary: "The caller's profile and what to fill in next",
    access: 'profile.read',
    status: 200,
    answer: MyProfile,
    answerHeaders: versionHeader,
    problems: [userNotFound],
    async handle({ actor, exchange }) {
      const { etag, profile } = await getMyProfile(tools, actor);
      exchange.setHeader('etag', etag);
      return profile;
    },
  }),
  door({
    operationId: 'updateMyProfile',
    method: 'PATCH',
    path: '/v1/me/profile',
    tag,
    summary: "Change fields of the caller's profile",
    description:
      'Send the `ETag` that you read as `If-Match`: when another device changed the profile since, the answer is 412 and ' +
      'nothing is lost. Texts are cleaned: Unicode form C, no invisible characters, at most three marks on a letter.',
    access: 'profile.write',
    hasVersion: true,
    body: ProfilePatch,
    status: 200,
    answer: MyProfile,
    answerHeaders: versionHeader,
    problems: [profileChanged, userNotFound],
    example: {
      body: {
        displayName: 'Alice',
        languages: ['ru', 'en'],
        timeZone: 'Europe/Moscow',
        availability: [{ day: 'fri', from: '20:00', to: '01:00' }],
        voice: 'yes',
        clear: ['bio'],
      },
    },
    async handle({ actor, body, exchange }) {
      const { etag, profile } = await updateMyProfile(tools, actor, body, exchange.header('if-match'));
      exchange.setHeader('etag', etag);
      return profile;
    },
  }),
  door({
    operationId: 'putProfileGame',
    method: 'PUT',
    path: '/v1/me/profile/games/{gameId}',
    tag,
    summary: 'Add a game to the profile or replace what is said of it',
    description: 'A new game comes last; one that is there keeps its place.',
    access: 'profile.write',
    params: GameParams,
    body: PlayedGameBody,
    status: 200,
    answer: PlayedGame,
    problems: [gameNotFound, tooManyGames],
    example: { body: { level: 'main', rank: 'archon', roles: ['mid'], hoursPlayed: 1_500, platform: 'windows' } },
    handle: ({ actor, params, body }) => putProfileGame(tools, actor, params.gameId, body),
  }),
  door({
    operationId: 'orderProfileGames',
    method: 'PUT',
    path: '/v1/me/profile/games/order',
    tag,
    summary: 'Put the games of the profile in another order',
    description:
      'The whole list at once. A game that is not on the profile, one named twice, or a list that leaves one out is refused, ' +
      'so a game that another device has just added is not moved unseen; `If-Match` works as in `PATCH /v1/me/profile`.',
    access: 'profile.write',
    hasVersion: true,
    body: GameOrderBody,
    status: 200,
    answer: MyProfile,
    answerHeaders: versionHeader,
    problems: [profileChanged, userNotFound],
    example: { body: { gameIds: ['dota-2', 'minecraft'] } },
    async handle({ actor, body, exchange }) {
      const { etag, profile } = await orderProfileGames(tools, actor, body.gameIds, exchange.header('if-match'));
      exchange.setHeader('etag', etag);
      return profile;
    },
  }),
  door({
    operationId: 'deleteProfileGame',
    method: 'DELETE',
    path: '/v1/me/profile/games/{gameId}',
    tag,
    summary: 'Take a game off the profile',
    access: 'profile.write',
    params: GameParams,
    status: 204,
    handle: ({ actor, params }) => deleteProfileGame(tools, actor, params.gameId),
  }),
  door({
    operationId: 'putAvatar',
    method: 'PUT',
    path: '/v1/me/avatar',
    tag,
    summary: "Upload the caller's avatar",
    description:
      'The raw bytes of a JPEG, PNG or WebP picture, at most 10 MiB and 50 megapixels. It is cut to a square, made anew in ' +
      'several sizes, and loses all metadata, the place where it was taken among them.',
    access: 'profile.write',
    limit: 'upload',
    body: Bytes,
    bodyTypes: ['image/jpeg', 'image/png', 'image/webp', 'application/octet-stream'],
    maxBodyBytes: MAX_PICTURE_BYTES,
    status: 200,
    answer: Picture,
    problems: [notAPicture, brokenPicture, pictureTooLarge, mediaQuotaReached],
    handle: ({ actor, body }) => putAvatar(tools, actor, body),
  }),
  door({
    operationId: 'deleteAvatar',
    method: 'DELETE',
    path: '/v1/me/avatar',
    tag,
    summary: "Take the caller's avatar off",
    access: 'profile.write',
    status: 204,
    handle: ({ actor }) => deleteAvatar(tools, actor),
  }),
  door({
    operationId: 'getUser',
    method: 'GET',
    path: '/v1/users/{userId}',
    tag,
    summary: "A person's card",
    access: 'users.read',
    params: UserParams,
    status: 200,
    answer: Card,
    problems: [userNotFound],
    handle: ({ actor, params }) => getUser(tools, actor, params.userId),
  }),
  door({
    operationId: 'getUserByUsername',
    method: 'GET',
    path: '/v1/users/by-username/{username}',
    tag,
    summary: "A person's card by username",
    access: 'users.read',
    params: UsernameParams,
    status: 200,
    answer: Card,
    problems: [userNotFound],
    handle: ({ actor, params }) => getUserByUsername(tools, actor, params.username),
  }),
  door({
    operationId: 'listMyTeammates',
    method: 'GET',
    path: '/v1/me/teammates',
    tag: 'relationships',
    summary: "The caller's teammates",
    access: 'relationships.read',
    query: TeammatesQuery,
    status: 200,
    answer: MyTeammatePage,
    handle: ({ actor, query }) => listMyTeammates(tools, actor, query),
  }),
  door({
    operationId: 'listTeammateRequests',
    method: 'GET',
    path: '/v1/teammate-requests',
    tag: 'relationships',
    summary: 'Requests that wait for the caller, or that the caller has sent',
    description: 'Incoming: what waits for an answer. Outgoing: what was sent in the last 30 days.',
    access: 'relationships.read',
    query: TeammateRequestsQuery,
    status: 200,
    answer: TeammateRequestPage,
    handle: ({ actor, query }) => listTeammateRequests(tools, actor, query),
  }),
];
