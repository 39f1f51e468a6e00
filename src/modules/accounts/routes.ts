import { type Door, door } from '#platform/door.ts';
import { strictObject, Uuid } from '#platform/schemas.ts';
import { accountRoutes } from './account-routes.ts';
import { checkUsername } from './actions/check-username.ts';
import { endOtherSessions } from './actions/end-other-sessions.ts';
import { endSession } from './actions/end-session.ts';
import { getMe } from './actions/get-me.ts';
import { listSessions } from './actions/list-sessions.ts';
import { login } from './actions/login.ts';
import { logout } from './actions/logout.ts';
import { refresh } from './actions/refresh.ts';
import { register } from './actions/register.ts';
import { signInToAppeal } from './actions/sign-in-to-appeal.ts';
import { updateMe } from './actions/update-me.ts';
import { adminRoutes } from './admin-routes.ts';
import {
  accountBlocked,
  accountNotBlocked,
  alreadyRegistered,
  termsOutdated,
  totpRequired,
  usernameTaken,
  wrongCredentials,
  wrongTotp,
} from './errors.ts';
import { recoveryRoutes } from './recovery-routes.ts';
import {
  Account,
  Jwks,
  LoginBody,
  RefreshBody,
  RegisterBody,
  SessionList,
  SignedIn,
  UpdateMeBody,
  UsernameCheck,
  UsernameQuery,
} from './schemas/sign-in.ts';
import { deliver, forgetCookies, readRefreshToken } from './token-transport.ts';
import type { AccountsTools } from './tools.ts';

const tag = 'accounts';

const SessionParams = strictObject({ sessionId: Uuid });

export const accountsRoutes = (tools: AccountsTools): Door[] => [
  door({
    operationId: 'register',
    method: 'POST',
    path: '/v1/auth/register',
    tag,
    summary: 'Make an account and sign in',
    description:
      'With the token of a guest that guest becomes the user. Safe to repeat for ten minutes, with the same body and the same ' +
      'token, although that has ended by then: the answer is the same account with new tokens.',
    access: 'public',
    hearsEndedToken: true,
    watch: { event: 'registration', tells: 'all' },
    limit: 'register',
    body: RegisterBody,
    status: 201,
    answer: SignedIn,
    problems: [usernameTaken, termsOutdated, alreadyRegistered, totpRequired],
    example: {
      body: {
        username: 'alice',
        email: 'alice@example.com',
        password: 'correct horse battery',
        ageBand: '18_plus',
        acceptedTerms: '2026-11-01',
      },
    },
    handle: ({ actor, body, exchange }) =>
      deliver(exchange, body.transport, () =>
        tools.passwords.admit(() =>
          register(tools, actor, body, exchange.locale, exchange.header('user-agent'), exchange.hasEndedToken),
        ),
      ),
  }),
  door({
    operationId: 'login',
    method: 'POST',
    path: '/v1/auth/login',
    tag,
    summary: 'Sign in by username or e-mail',
    access: 'public',
    watch: { event: 'sign_in', tells: 'all' },
    limit: 'login',
    body: LoginBody,
    status: 200,
    answer: SignedIn,
    problems: [wrongCredentials, accountBlocked, totpRequired, wrongTotp],
    example: { body: { login: 'alice', password: 'correct horse battery', deviceName: 'iPhone' } },
    ignoresToken: true,
    handle: ({ body, exchange }) =>
      deliver(exchange, body.transport, () =>
        tools.passwords.admit(() => login(tools, body, exchange.header('user-agent'))),
      ),
  }),
  door({
    operationId: 'signInToAppeal',
    method: 'POST',
    path: '/v1/auth/appeal',
    tag,
    summary: 'Sign in to a suspended or banned account, to appeal',
    description:
      'The session lasts an hour, cannot be refreshed and opens no socket. It reads the account and its sanctions, ' +
      'appeals, exports and deletes.',
    access: 'public',
    watch: { event: 'sign_in', tells: 'all' },
    limit: 'login',
    body: LoginBody,
    status: 200,
    answer: SignedIn,
    problems: [wrongCredentials, accountNotBlocked, totpRequired, wrongTotp],
    example: { body: { login: 'alice', password: 'correct horse battery' } },
    ignoresToken: true,
    handle: ({ body, exchange }) =>
      deliver(exchange, body.transport, () =>
        tools.passwords.admit(() => signInToAppeal(tools, body, exchange.header('user-agent'))),
      ),
  }),
  door({
    operationId: 'checkUsername',
    method: 'GET',
    path: '/v1/auth/username-check',
    tag,
    summary: 'Whether a username is free',
    access: 'public',
    ignoresToken: true,
    limit: 'username_check',
    query: UsernameQuery,
    status: 200,
    answer: UsernameCheck,
    handle: ({ query }) => checkUsername(tools, query.username),
  }),
  door({
    operationId: 'refresh',
    method: 'POST',
    path: '/v1/auth/refresh',
    tag,
    summary: 'Spend the refresh token for new tokens',
    description:
      'Each refresh token works once. Whoever lost the answer may ask again with the same token for ten seconds and gets ' +
      'the same successor; any later reuse ends the session.',
    access: 'public',
    watch: { event: 'refresh', tells: 'refusals' },
    ignoresToken: true,
    limit: 'refresh',
    body: RefreshBody,
    status: 200,
    answer: SignedIn,
    example: { body: { refreshToken: '3stcIGhUg7vijR_Sx5EnG6jNXNvMPIfweLhaM2aDM1M' } },
    handle({ body, exchange }) {
      const { token, transport } = readRefreshToken(exchange, body);
      return deliver(exchange, transport, () => refresh(tools, token));
    },
  }),
  door({
    operationId: 'logout',
    method: 'POST',
    path: '/v1/auth/logout',
    tag,
    summary: 'End this session and close its sockets',
    access: 'session.end',
    watch: { event: 'sign_out', tells: 'all' },
    status: 204,
    handle({ actor, exchange }) {
      forgetCookies(exchange);
      return logout(tools, actor);
    },
  }),
  door({
    operationId: 'listSessions',
    method: 'GET',
    path: '/v1/auth/sessions',
    tag,
    summary: 'Devices that are signed in',
    access: 'account.read',
    status: 200,
    answer: SessionList,
    handle: ({ actor }) => listSessions(tools, actor),
  }),
  door({
    operationId: 'endOtherSessions',
    method: 'DELETE',
    path: '/v1/auth/sessions',
    tag,
    summary: 'Sign every other device out',
    access: 'session.end',
    watch: { event: 'sign_out', tells: 'all' },
    status: 204,
    handle: ({ actor }) => endOtherSessions(tools, actor),
  }),
  door({
    operationId: 'endSession',
    method: 'DELETE',
    path: '/v1/auth/sessions/{sessionId}',
    tag,
    summary: 'Sign one device out',
    access: 'session.end',
    watch: { event: 'sign_out', tells: 'all' },
    params: SessionParams,
    status: 204,
    handle: ({ actor, params }) => endSession(tools, actor, params.sessionId),
  }),
  door({
    operationId: 'getMe',
    method: 'GET',
    path: '/v1/me',
    tag,
    summary: "The caller's account",
    access: 'account.read',
    status: 200,
    answer: Account,
    handle: ({ actor }) => getMe(tools, actor),
  }),
  door({
    operationId: 'updateMe',
    method: 'PATCH',
    path: '/v1/me',
    tag,
    summary: 'Change the language of mail, or accept new terms',
    access: 'account.write',
    body: UpdateMeBody,
    status: 200,
    answer: Account,
    problems: [termsOutdated],
    example: { body: { locale: 'ru' } },
    handle: ({ actor, body }) => updateMe(tools, actor, body),
  }),
  ...recoveryRoutes(tools),
  ...accountRoutes(tools),
  ...adminRoutes(tools),
  door({
    operationId: 'getSigningKeys',
    method: 'GET',
    path: '/.well-known/jwks.json',
    tag,
    summary: 'Public keys of the access tokens',
    access: 'public',
    status: 200,
    answer: Jwks,
    handle: ({ exchange }) => {
      exchange.setHeader('cache-control', 'public, max-age=300');
      return { keys: tools.keys.publicJwks as never };
    },
  }),
];
