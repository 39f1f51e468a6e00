import type { Static } from 'typebox';
import type { Exchange } from '#platform/door.ts';
import { unauthenticated } from '#platform/errors.ts';
import { ACCESS_COOKIE } from '#platform/http.ts';
import type { SignedIn } from './schemas/sign-in.ts';

const REFRESH_COOKIE = 'soyamate_refresh';
const REFRESH_PATH = '/v1/auth';
const REFRESH_SECONDS = 30 * 86_400;

export const transports = ['token', 'cookie'] as const;

export type Transport = (typeof transports)[number];

/**
 * Signs in and hands the tokens over as the client asked: in the body, or in cookies that scripts cannot read, and then
 * nowhere else. A page of another site must not sign its visitor in: cookies are for an allowed Origin only.
 */
export async function deliver(
  exchange: Exchange,
  transport: Transport | undefined,
  signIn: () => Promise<Required<Static<typeof SignedIn>>>,
): Promise<Static<typeof SignedIn>> {
  if (transport !== 'cookie') return signIn();
  exchange.requireOwnOrigin();
  const { user, tokens } = await signIn();
  exchange.setCookie(ACCESS_COOKIE, tokens.accessToken, { path: '/', maxAgeSeconds: tokens.expiresInSeconds });
  exchange.setCookie(REFRESH_COOKIE, tokens.refreshToken, { path: REFRESH_PATH, maxAgeSeconds: REFRESH_SECONDS });
  return { user };
}

/** The refresh token of a request: from the body, or else from the cookie. */
export function readRefreshToken(
  exchange: Exchange,
  body: { refreshToken?: string },
): { token: string; transport: Transport } {
  if (body.refreshToken !== undefined) return { token: body.refreshToken, transport: 'token' };
  const token = exchange.cookie(REFRESH_COOKIE);
  if (!token) throw unauthenticated();
  return { token, transport: 'cookie' };
}

export function forgetCookies(exchange: Exchange): void {
  exchange.setCookie(ACCESS_COOKIE, '', { path: '/', maxAgeSeconds: 0 });
  exchange.setCookie(REFRESH_COOKIE, '', { path: REFRESH_PATH, maxAgeSeconds: 0 });
}
