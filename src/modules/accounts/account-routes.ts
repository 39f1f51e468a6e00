import { type Door, door } from '#platform/door.ts';
import { cancelDeletion } from './actions/cancel-deletion.ts';
import { confirmTotp } from './actions/confirm-totp.ts';
import { createGuest } from './actions/create-guest.ts';
import { linkApple } from './actions/link-apple.ts';
import { notifyApple } from './actions/notify-apple.ts';
import { removeTotp } from './actions/remove-totp.ts';
import { requestDeletion } from './actions/request-deletion.ts';
import { signInToAppealWithApple } from './actions/sign-in-to-appeal-with-apple.ts';
import { signInWithApple } from './actions/sign-in-with-apple.ts';
import { startTotp } from './actions/start-totp.ts';
import { unlinkApple } from './actions/unlink-apple.ts';
import {
  accountBlocked,
  accountNotBlocked,
  alreadyRegistered,
  appleAlreadyLinked,
  lastAdmin,
  onlyWayIn,
  registrationNeeded,
  signInAgain,
  termsOutdated,
  totpAlreadyOn,
  totpRequired,
  usernameTaken,
  wrongCode,
  wrongCredentials,
  wrongPassword,
  wrongTotp,
} from './errors.ts';
import { exportRoutes } from './export-routes.ts';
import { AppleAppealBody, AppleBody, AppleNotice, LinkAppleBody } from './schemas/apple.ts';
import { ReauthenticationBody, RemoveTotpBody, SavedCodes, TotpCodeBody, TotpSetup } from './schemas/credentials.ts';
import { Deletion, DeletionBody } from './schemas/own-data.ts';
import { GuestBody, SignedIn } from './schemas/sign-in.ts';
import { deliver } from './token-transport.ts';
import type { AccountsTools } from './tools.ts';

const tag = 'accounts';

/** Guests, the second factor, and the end of an account. */
export const accountRoutes = (tools: AccountsTools): Door[] => [
  door({
    operationId: 'createGuest',
    method: 'POST',
    path: '/v1/auth/guest',
    tag,
    summary: 'Look around without an account of your own',
    description:
      'A guest reads the catalogue and searches, writes to nobody and is found by nobody. `register` with the token of a ' +
      'guest turns them into a user and keeps the id.',
    access: 'public',
    watch: { event: 'guest', tells: 'all' },
    ignoresToken: true,
    limit: 'guest',
    body: GuestBody,
    status: 201,
    answer: SignedIn,
    example: { body: { locale: 'ru', deviceName: 'iPhone' } },
    handle: ({ body, exchange }) =>
      deliver(exchange, body.transport, () => createGuest(tools, body, exchange.locale, exchange.header('user-agent'))),
  }),
  door({
    operationId: 'signInWithApple',
    method: 'POST',
    path: '/v1/auth/apple',
    tag,
    summary: 'Sign in with Apple',
    description:
      'The first time `registration_needed` asks for a username, an age band and the accepted terms. With the token of a ' +
      'guest the guest becomes a user and keeps the id; with the token of a user this is `already_registered`: see `linkApple`.',
    access: 'public',
    watch: { event: 'sign_in', tells: 'all' },
    limit: 'login',
    body: AppleBody,
    status: 200,
    answer: SignedIn,
    problems: [
      accountBlocked,
      alreadyRegistered,
      registrationNeeded,
      termsOutdated,
      totpRequired,
      usernameTaken,
      wrongTotp,
    ],
    example: { body: { identityToken: 'eyJraWQiOi…', nonce: 'c5b1f3e0a92d4a1b' } },
    handle: ({ actor, body, exchange }) =>
      deliver(exchange, body.transport, () =>
        signInWithApple(tools, actor, body, exchange.locale, exchange.header('user-agent')),
      ),
  }),
  door({
    operationId: 'linkApple',
    method: 'PUT',
    path: '/v1/auth/apple',
    tag,
    summary: 'Add Sign in with Apple to the account',
    description: 'Asks for the password, and for the code where two-step sign-in is on. The owner is told.',
    access: 'account.write',
    watch: { event: 'apple_linked', tells: 'all' },
    limit: 'credentials',
    body: LinkAppleBody,
    status: 204,
    problems: [accountBlocked, appleAlreadyLinked, signInAgain, totpRequired, wrongPassword, wrongTotp],
    example: {
      body: { identityToken: 'eyJraWQiOi…', nonce: 'c5b1f3e0a92d4a1b', password: 'correct horse battery' },
    },
    handle: ({ actor, body }) => tools.passwords.admit(() => linkApple(tools, actor, body)),
  }),
  door({
    operationId: 'unlinkApple',
    method: 'DELETE',
    path: '/v1/auth/apple',
    tag,
    summary: 'Take Sign in with Apple off the account',
    description: 'Signs all other devices out. Refused while the account has no password.',
    access: 'account.write',
    watch: { event: 'apple_unlinked', tells: 'all' },
    limit: 'credentials',
    body: ReauthenticationBody,
    status: 204,
    problems: [onlyWayIn, signInAgain, wrongPassword],
    example: { body: { password: 'correct horse battery' } },
    handle: ({ actor, body }) => tools.passwords.admit(() => unlinkApple(tools, actor, body.password)),
  }),
  door({
    operationId: 'signInToAppealWithApple',
    method: 'POST',
    path: '/v1/auth/apple/appeal',
    tag,
    summary: 'Sign in with Apple to a suspended or banned account, to appeal',
    description: 'As `signInToAppeal`, with a fresh identity token in place of the password.',
    access: 'public',
    watch: { event: 'sign_in', tells: 'all' },
    limit: 'login',
    body: AppleAppealBody,
    status: 200,
    answer: SignedIn,
    problems: [wrongCredentials, accountNotBlocked, totpRequired, wrongTotp],
    example: { body: { identityToken: 'eyJraWQiOi…', nonce: 'c5b1f3e0a92d4a1b' } },
    ignoresToken: true,
    handle: ({ body, exchange }) =>
      deliver(exchange, body.transport, () => signInToAppealWithApple(tools, body, exchange.header('user-agent'))),
  }),
  door({
    operationId: 'notifyApple',
    method: 'POST',
    path: '/v1/auth/apple/notifications',
    tag,
    summary: 'What Apple tells of its users',
    description: 'Called by Apple: what is told is signed.',
    access: 'public',
    ignoresToken: true,
    limit: 'apple_notice',
    body: AppleNotice,
    status: 204,
    example: { body: { payload: 'eyJraWQiOi…' } },
    handle: ({ body }) => notifyApple(tools, body.payload),
  }),
  door({
    operationId: 'startTotp',
    method: 'POST',
    path: '/v1/auth/totp',
    tag,
    summary: 'Begin two-step sign-in: a secret for the authenticator app',
    access: 'account.write',
    watch: { event: 'totp', tells: 'all' },
    limit: 'credentials',
    body: ReauthenticationBody,
    status: 201,
    answer: TotpSetup,
    problems: [wrongPassword, signInAgain, totpAlreadyOn],
    example: { body: { password: 'correct horse battery' } },
    handle: ({ actor, body }) => tools.passwords.admit(() => startTotp(tools, actor, body.password)),
  }),
  door({
    operationId: 'confirmTotp',
    method: 'PUT',
    path: '/v1/auth/totp',
    tag,
    summary: 'Switch two-step sign-in on by its first code',
    access: 'account.write',
    watch: { event: 'totp_on', tells: 'all' },
    body: TotpCodeBody,
    status: 200,
    answer: SavedCodes,
    problems: [wrongCode, totpAlreadyOn],
    example: { body: { totp: '123456' } },
    handle: ({ actor, body }) => confirmTotp(tools, actor, body.totp),
  }),
  door({
    operationId: 'removeTotp',
    method: 'DELETE',
    path: '/v1/auth/totp',
    tag,
    summary: 'Switch two-step sign-in off',
    access: 'account.write',
    watch: { event: 'totp_off', tells: 'all' },
    limit: 'credentials',
    body: RemoveTotpBody,
    status: 204,
    problems: [wrongPassword, signInAgain, totpRequired, wrongTotp],
    example: { body: { password: 'correct horse battery', totp: '123456' } },
    handle: ({ actor, body }) => tools.passwords.admit(() => removeTotp(tools, actor, body)),
  }),
  door({
    operationId: 'requestDeletion',
    method: 'POST',
    path: '/v1/me/deletion',
    tag,
    summary: 'Delete the account, now or after days of grace',
    description: 'What is personal is erased; messages in the chats of others stay without a name.',
    access: 'account.delete',
    watch: { event: 'deletion', tells: 'all' },
    limit: 'credentials',
    body: DeletionBody,
    status: 202,
    answer: Deletion,
    problems: [wrongPassword, signInAgain, lastAdmin],
    example: { body: { password: 'correct horse battery', graceDays: 14 } },
    handle: ({ actor, body }) => tools.passwords.admit(() => requestDeletion(tools, actor, body)),
  }),
  door({
    operationId: 'cancelDeletion',
    method: 'DELETE',
    path: '/v1/me/deletion',
    tag,
    summary: 'Keep the account after all',
    access: 'account.delete',
    watch: { event: 'deletion_taken_back', tells: 'all' },
    status: 204,
    handle: ({ actor }) => cancelDeletion(tools, actor),
  }),
  ...exportRoutes(tools),
];
