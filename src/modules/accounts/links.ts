import type { AccountsTools } from './tools.ts';

/**
 * Links in mail: always at PUBLIC_URL, never at what a request calls itself. What is secret stands behind the `#`, which
 * browsers keep to themselves: opening a link, as scanners of mail do, sends no code anywhere and uses nothing up.
 */
export const resetLink = ({ publicUrl }: AccountsTools, username: string, code: string): string =>
  `${publicUrl}/reset-password#${new URLSearchParams({ identifier: username, code }).toString()}`;

export const verifyLink = ({ publicUrl }: AccountsTools, token: string): string =>
  `${publicUrl}/verify-email#${new URLSearchParams({ token }).toString()}`;

/** Printed on the console of the server, which knows where it listens. */
export const setupLink = (baseUrl: string, token: string): string =>
  `${baseUrl}/first-administrator#${new URLSearchParams({ token }).toString()}`;
