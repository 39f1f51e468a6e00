import { createRemoteJWKSet, errors, importPKCS8, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '#platform/clock.ts';
import { unauthenticated } from '#platform/errors.ts';

export type AppleConfig = {
  /** Bundle ids and services ids that identity tokens may be for. */
  clientIds: readonly string[];
  issuerUrl: string;
  /** For the exchange of codes and for revocation; without them neither happens. */
  key?: { teamId: string; keyId: string; pem: string };
};

export type AppleIdentity = { subject: string; clientId: string; email?: string; nonce?: string; expiresAt: Date };
export type AppleEvent = { type: string; subject: string };

export type Apple = {
  /** Throws `unauthenticated` unless Apple signed this identity token for one of our apps and it has not ended. */
  readIdentity(token: string): Promise<AppleIdentity>;
  /** Throws `unauthenticated` unless the notice is Apple's. */
  readNotice(payload: string): Promise<AppleEvent>;
  /** A refresh token for the code of a first sign-in; nothing without a key. Throws when Apple does not answer well. */
  exchange(code: string, clientId: string): Promise<string | undefined>;
  revoke(refreshToken: string, clientId: string): Promise<void>;
};

const TIMEOUT_MS = 10_000;
const SECRET_SECONDS = 300;
const SKEW_SECONDS = 60;

/** Sign in with Apple: https://developer.apple.com/documentation/signinwithapplerestapi */
export function createApple({ clientIds, issuerUrl, key }: AppleConfig, clock: Clock): Apple {
  const jwks = createRemoteJWKSet(new URL(`${issuerUrl}/auth/keys`), { timeoutDuration: TIMEOUT_MS });

  async function verify(token: string) {
    try {
      const { payload } = await jwtVerify(token, jwks, {
        algorithms: ['RS256', 'ES256'],
        issuer: issuerUrl,
        audience: [...clientIds],
        currentDate: clock.now(),
        clockTolerance: SKEW_SECONDS,
        requiredClaims: ['iat'],
      });
      return payload;
    } catch (error) {
      // That Apple's keys cannot be fetched is no fault of the token.
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error;
      throw unauthenticated();
    }
  }

  async function post(path: string, clientId: string, form: Record<string, string>): Promise<Response | undefined> {
    if (!key) return undefined;
    const body = new URLSearchParams({ client_id: clientId, client_secret: await signSecret(key, clientId), ...form });
    const response = await fetch(`${issuerUrl}${path}`, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`Apple answers ${response.status} to ${path}`);
    return response;
  }

  const signSecret = async ({ teamId, keyId, pem }: NonNullable<AppleConfig['key']>, clientId: string) => {
    const now = Math.floor(clock.now().getTime() / 1_000);
    return new SignJWT()
      .setProtectedHeader({ alg: 'ES256', kid: keyId })
      .setIssuer(teamId)
      .setIssuedAt(now)
      .setExpirationTime(now + SECRET_SECONDS)
      .setAudience(issuerUrl)
      .setSubject(clientId)
      .sign(await importPKCS8(pem, 'ES256'));
  };

  return {
    async readIdentity(token) {
      const { sub, aud, exp, email, email_verified: isVerified, nonce } = await verify(token);
      const clientId = typeof aud === 'string' ? aud : undefined;
      if (!sub || !clientId || exp === undefined) throw unauthenticated();
      const isUsable = typeof email === 'string' && (isVerified === true || isVerified === 'true');
      return {
        subject: sub,
        clientId,
        expiresAt: new Date((exp + SKEW_SECONDS) * 1_000),
        ...(isUsable && { email }),
        ...(typeof nonce === 'string' && { nonce }),
      };
    },
    async readNotice(payload) {
      const { events } = await verify(payload);
      const event: unknown = typeof events === 'string' ? JSON.parse(events) : events;
      const { type, sub } = (event ?? {}) as { type?: unknown; sub?: unknown };
      if (typeof type !== 'string' || typeof sub !== 'string') throw unauthenticated();
      return { type, subject: sub };
    },
    async exchange(code, clientId) {
      const response = await post('/auth/token', clientId, { grant_type: 'authorization_code', code });
      const answer = (await response?.json()) as { refresh_token?: unknown } | undefined;
      return typeof answer?.refresh_token === 'string' ? answer.refresh_token : undefined;
    },
    async revoke(refreshToken, clientId) {
      await post('/auth/revoke', clientId, { token: refreshToken, token_type_hint: 'refresh_token' });
    },
  };
}
