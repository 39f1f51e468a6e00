import { type Static, Type } from 'typebox';
import { ProblemError } from '#platform/errors.ts';
import { unsubscribeLinkInvalid } from './errors.ts';
import type { NotificationsTools } from './tools.ts';

const PURPOSE = 'unsubscribe';
const Whose = Type.Object({ accountId: Type.String() });

/**
 * The link in a letter that stops such letters without signing in. It is signed, is good for nothing else and does not
 * end: a letter may be read years later. Unlike other links it carries its token in the query, since RFC 8058 has the mail
 * program send it.
 */
export const unsubscribeUrl = ({ publicUrl, cursors }: NotificationsTools, accountId: string): string =>
  `${publicUrl}/v1/mail/unsubscribe?${new URLSearchParams({ token: cursors.seal(PURPOSE, { accountId }) }).toString()}`;

export function readUnsubscribeToken({ cursors }: NotificationsTools, token: string): Static<typeof Whose> {
  try {
    return cursors.open(PURPOSE, Whose, token);
  } catch (error) {
    throw error instanceof ProblemError ? unsubscribeLinkInvalid() : error;
  }
}
