import { type Door, door } from '#platform/door.ts';
import { getMe } from './actions/get-me.ts';
import { login } from './actions/login.ts';
import { logout } from './actions/logout.ts';
import { register } from './actions/register.ts';
import { accountBlocked, termsOutdated, usernameTaken, wrongCredentials } from './errors.ts';
import { Account, Jwks, LoginBody, RegisterBody, SignedIn } from './schemas.ts';
import { TERMS_VERSION } from './terms.ts';
import type { AccountsTools } from './tools.ts';

const tag = 'accounts';

export const accountsRoutes = (tools: AccountsTools): Door[] => [
  door({
    operationId: 'register',
    method: 'POST',
    path: '/v1/auth/register',
    tag,
    summary: 'Make an account and sign in',
    access: 'public',
    limit: 'register',
    body: RegisterBody,
    status: 201,
    answer: SignedIn,
    problems: [usernameTaken, termsOutdated],
    example: {
      body: {
        username: 'alice',
        email: 'alice@example.com',
        password: 'correct horse battery',
        ageBand: '18_plus',
        acceptedTerms: TERMS_VERSION,
      },
    },
    handle: ({ body, exchange }) => register(tools, body, exchange.locale),
  }),
  door({
    operationId: 'login',
    method: 'POST',
    path: '/v1/auth/login',
    tag,
    summary: 'Sign in by username or e-mail',
    access: 'public',
    limit: 'login',
    body: LoginBody,
    status: 200,
    answer: SignedIn,
    problems: [wrongCredentials, accountBlocked],
    example: { body: { login: 'alice', password: 'correct horse battery', deviceName: 'iPhone' } },
    handle: ({ body }) => login(tools, body),
  }),
  door({
    operationId: 'logout',
    method: 'POST',
    path: '/v1/auth/logout',
    tag,
    summary: 'End this session and close its sockets',
    access: 'session.end',
    status: 204,
    handle: ({ actor }) => logout(tools, actor),
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
