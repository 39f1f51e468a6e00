import { type Door, door } from '#platform/door.ts';
import { strictObject, Uuid } from '#platform/schemas.ts';
import { createFirstAdmin } from './actions/create-first-admin.ts';
import { createUser } from './actions/create-user.ts';
import { endUserSessions } from './actions/end-user-sessions.ts';
import { getUserAccount } from './actions/get-user-account.ts';
import { listRoles } from './actions/list-roles.ts';
import { listUsers } from './actions/list-users.ts';
import { updateUser } from './actions/update-user.ts';
import { aboveYourRole, lastAdmin, usernameTaken } from './errors.ts';
import {
  CreateUserBody,
  EndSessionsQuery,
  FirstAdminBody,
  RoleList,
  UpdateUserBody,
  User,
  UserPage,
  UsersQuery,
} from './schemas/staff.ts';
import type { AccountsTools } from './tools.ts';

const tag = 'administration';

const UserParams = strictObject({ userId: Uuid });

/** Roles, and the care of accounts by administrators. Every act is recorded. */
export const adminRoutes = (tools: AccountsTools): Door[] => [
  door({
    operationId: 'listRoles',
    method: 'GET',
    path: '/v1/roles',
    tag,
    summary: 'The roles and what each may do',
    access: 'public',
    ignoresToken: true,
    status: 200,
    answer: RoleList,
    handle: () => listRoles(),
  }),
  door({
    operationId: 'createFirstAdmin',
    method: 'POST',
    path: '/v1/setup/administrator',
    tag,
    summary: 'Make the first administrator by the link on the console',
    description: 'There is such a link only while the server has no administrator; afterwards this is 404.',
    access: 'public',
    watch: { event: 'first_administrator', tells: 'all' },
    ignoresToken: true,
    limit: 'recovery_code',
    body: FirstAdminBody,
    status: 204,
    problems: [usernameTaken],
    example: {
      body: {
        token: 'q2X3…',
        username: 'chief',
        email: 'chief@example.com',
        password: 'correct horse battery',
      },
    },
    handle: ({ body }) => tools.passwords.admit(() => createFirstAdmin(tools, body)),
  }),
  door({
    operationId: 'listUsers',
    method: 'GET',
    path: '/v1/admin/users',
    tag,
    summary: 'Find accounts',
    access: 'accounts.manage',
    query: UsersQuery,
    status: 200,
    answer: UserPage,
    handle: ({ actor, query }) => listUsers(tools, actor, query),
  }),
  door({
    operationId: 'createUser',
    method: 'POST',
    path: '/v1/admin/users',
    tag,
    summary: 'Make an account with any role up to your own',
    description: 'Its owner is invited by mail and chooses a password by the code in it.',
    access: 'accounts.manage',
    body: CreateUserBody,
    status: 201,
    answer: User,
    isIdempotentByKey: true,
    problems: [usernameTaken, aboveYourRole],
    example: { body: { username: 'mary', email: 'mary@example.com', role: 'moderator' } },
    handle: ({ actor, body, exchange }) =>
      tools.passwords.admit(() => createUser(tools, actor, body, exchange.header('idempotency-key'))),
  }),
  door({
    operationId: 'getUserAccount',
    method: 'GET',
    path: '/v1/admin/users/{userId}',
    tag,
    summary: 'An account as administrators see it',
    access: 'accounts.manage',
    params: UserParams,
    status: 200,
    answer: User,
    handle: ({ actor, params }) => getUserAccount(tools, actor, params.userId),
  }),
  door({
    operationId: 'updateUser',
    method: 'PATCH',
    path: '/v1/admin/users/{userId}',
    tag,
    summary: 'Change the role, suspend, ban or restore',
    description:
      'Acts at once, on open sockets too. Nobody grants a role above their own; the last administrator stays. A state is ' +
      'kept as a sanction without an end, which the person can appeal; `active` lifts every ban and suspension.',
    access: 'accounts.manage',
    params: UserParams,
    body: UpdateUserBody,
    status: 200,
    answer: User,
    problems: [aboveYourRole, lastAdmin],
    example: { body: { state: 'suspended', reason: 'Sold accounts.' } },
    handle: ({ actor, params, body }) => updateUser(tools, actor, params.userId, body),
  }),
  door({
    operationId: 'endUserSessions',
    method: 'DELETE',
    path: '/v1/admin/users/{userId}/sessions',
    tag,
    summary: 'Sign somebody out everywhere',
    access: 'accounts.manage',
    params: UserParams,
    query: EndSessionsQuery,
    status: 204,
    problems: [aboveYourRole],
    handle: ({ actor, params, query }) => endUserSessions(tools, actor, params.userId, query),
  }),
];
