import { type Door, door } from '#platform/door.ts';
import { strictObject, Uuid } from '#platform/schemas.ts';
import { cancelAssistedRecovery } from './actions/cancel-assisted-recovery.ts';
import { changeEmail } from './actions/change-email.ts';
import { changePassword } from './actions/change-password.ts';
import { createRecoveryCodes } from './actions/create-recovery-codes.ts';
import { requestEmailVerification } from './actions/request-email-verification.ts';
import { requestRecovery } from './actions/request-recovery.ts';
import { resetPassword } from './actions/reset-password.ts';
import { startAssistedRecovery } from './actions/start-assisted-recovery.ts';
import { verifyEmail } from './actions/verify-email.ts';
import {
  aboveYourRole,
  accountBlocked,
  emailAlreadyVerified,
  noEmail,
  signInAgain,
  usernameNeeded,
  wrongCode,
  wrongPassword,
} from './errors.ts';
import {
  ChangeEmailBody,
  ChangePasswordBody,
  ReauthenticationBody,
  RecoveryBody,
  ResetPasswordBody,
  SavedCodes,
  VerifyEmailBody,
} from './schemas/credentials.ts';
import { AssistedRecoveryBody } from './schemas/staff.ts';
import type { AccountsTools } from './tools.ts';

const tag = 'recovery';

const UserParams = strictObject({ userId: Uuid });

/** Forgotten logins and passwords, proof of addresses, and changes of both. */
export const recoveryRoutes = (tools: AccountsTools): Door[] => [
  door({
    operationId: 'requestRecovery',
    method: 'POST',
    path: '/v1/auth/recovery',
    tag,
    summary: 'Forgotten password or login: mail the usernames and a code',
    description:
      'Always the same answer in the same time. If the address is verified, or an administrator made an account for it, the ' +
      'mail tells every username that has it and carries a code of eight digits, good for ten minutes and five tries.',
    access: 'public',
    watch: { event: 'recovery', tells: 'all' },
    ignoresToken: true,
    limit: 'recovery',
    body: RecoveryBody,
    status: 202,
    example: { body: { identifier: 'alice@example.com' } },
    handle: ({ body }) => requestRecovery(tools, body.identifier),
  }),
  door({
    operationId: 'resetPassword',
    method: 'POST',
    path: '/v1/auth/recovery/reset',
    tag,
    summary: 'Set a new password with a code',
    description:
      'Ends every session and makes every code void, the saved ones, too: offer to make new ones. Signs nobody in: sign in with ' +
      'the new password afterwards.',
    access: 'public',
    watch: { event: 'password_reset', tells: 'all' },
    ignoresToken: true,
    limit: 'recovery_code',
    body: ResetPasswordBody,
    status: 204,
    problems: [wrongCode, usernameNeeded],
    example: { body: { identifier: 'alice', code: '1234 5678', newPassword: 'another horse battery' } },
    async handle({ body, exchange }) {
      exchange.noteAccount(await tools.passwords.admit(() => resetPassword(tools, body)));
    },
  }),
  door({
    operationId: 'requestEmailVerification',
    method: 'POST',
    path: '/v1/auth/email/verification',
    tag,
    summary: 'Mail a new code to the address that waits for one',
    access: 'account.write',
    limit: 'credentials',
    status: 202,
    problems: [emailAlreadyVerified, noEmail],
    handle: ({ actor }) => requestEmailVerification(tools, actor),
  }),
  door({
    operationId: 'verifyEmail',
    method: 'PUT',
    path: '/v1/auth/email/verification',
    tag,
    summary: 'Confirm an address by code, or by the token of the link',
    description: 'The code needs its owner to be signed in; the token of the link stands for itself.',
    access: 'public',
    watch: { event: 'email_confirmation', tells: 'all' },
    limit: 'recovery_code',
    body: VerifyEmailBody,
    status: 204,
    problems: [wrongCode, accountBlocked],
    example: { body: { code: '1234 5678' } },
    async handle({ actor, body, exchange }) {
      exchange.noteAccount(await tools.passwords.admit(() => verifyEmail(tools, actor, body)));
    },
  }),
  door({
    operationId: 'changePassword',
    method: 'PUT',
    path: '/v1/me/password',
    tag,
    summary: 'Change the password',
    description: 'Signs all other devices out and makes every code void, the saved ones, too.',
    access: 'account.write',
    watch: { event: 'password_change', tells: 'all' },
    limit: 'credentials',
    body: ChangePasswordBody,
    status: 204,
    problems: [wrongPassword, signInAgain],
    example: { body: { currentPassword: 'correct horse battery', newPassword: 'another horse battery' } },
    handle: ({ actor, body }) => tools.passwords.admit(() => changePassword(tools, actor, body)),
  }),
  door({
    operationId: 'changeEmail',
    method: 'PUT',
    path: '/v1/me/email',
    tag,
    summary: 'Move to another address',
    description: 'The new address counts once its code is confirmed; the old one is told.',
    access: 'account.write',
    watch: { event: 'email_change', tells: 'all' },
    limit: 'credentials',
    body: ChangeEmailBody,
    status: 202,
    problems: [wrongPassword, signInAgain],
    example: { body: { email: 'alice@mail.example', password: 'correct horse battery' } },
    handle: ({ actor, body }) => tools.passwords.admit(() => changeEmail(tools, actor, body)),
  }),
  door({
    operationId: 'createRecoveryCodes',
    method: 'POST',
    path: '/v1/me/recovery-codes',
    tag,
    summary: 'Make ten codes to keep for the day when the mailbox is lost',
    description:
      'Those made before are void, and so are all once one is used or the password is changed. One works in place of the code ' +
      'from the mail. The owner is told.',
    access: 'account.write',
    watch: { event: 'recovery_codes', tells: 'all' },
    limit: 'credentials',
    body: ReauthenticationBody,
    status: 201,
    answer: SavedCodes,
    problems: [wrongPassword, signInAgain],
    example: { body: { password: 'correct horse battery' } },
    handle: ({ actor, body }) => tools.passwords.admit(() => createRecoveryCodes(tools, actor, body.password)),
  }),
  door({
    operationId: 'cancelAssistedRecovery',
    method: 'DELETE',
    path: '/v1/me/assisted-recovery',
    tag,
    summary: 'Keep the account: stop a recovery that staff began',
    access: 'account.write',
    watch: { event: 'recovery_taken_back', tells: 'all' },
    status: 204,
    handle: ({ actor }) => cancelAssistedRecovery(tools, actor),
  }),
  door({
    operationId: 'startAssistedRecovery',
    method: 'POST',
    path: '/v1/admin/users/{userId}/assisted-recovery',
    tag,
    summary: 'Begin a recovery for somebody who lost the mailbox',
    description:
      'Takes effect after 72 hours. Every live session and the old address are told and can stop it. Whoever then uses the ' +
      'code has the account at the new address (which may be the old one) and without a second factor.',
    access: 'accounts.recover',
    params: UserParams,
    body: AssistedRecoveryBody,
    status: 202,
    problems: [aboveYourRole],
    example: { body: { email: 'alice@mail.example', reason: 'Knew the last three purchases and sent an ID.' } },
    handle: ({ actor, params, body }) => startAssistedRecovery(tools, actor, params.userId, body),
  }),
];
