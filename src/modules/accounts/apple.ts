import { createRemoteJWKSet, customFetch, errors, importPKCS8, type JWTVerifyOptions, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '#platform/clock.ts';
import { unauthenticated, unavailable } from '#platform/errors.ts';
import { fetchApple } from './apple-fetch.ts';

export type AppleConfig = {
  /** Bundle ids and services ids that identity tokens may be for. */
  clientIds: readonly string[];
  issuerUrl: string;
  /** For the exchange of codes and for revocation; without them neither happens. */
  key?: { teamId: string; keyId: string; pem: string };
};

export type AppleIdentity = { subject: string; clientId: string; email?: string; nonce?: string; expiresAt: Date };
export type AppleEvent = { type: string; subject: string; happenedAt: Date };

export type Apple = {
  /**
   * Throws `unauthenticated` unless Apple signed this identity token for one of our apps and it has not ended, and
   * `unavailable` when Apple's keys cannot be had.
   */
  readIdentity(token: string): Promise<AppleIdentity>;
  /** Throws `unauthenticated` unless the notice is Apple's and of the last day. */
  readNotice(payload: string): Promise<AppleEvent>;
  /** A refresh token for the code of a first sign-in; nothing without a key. Throws when Apple does not answer well. */
  exchange(code: string, clientId: string): Promise<string | undefined>;
  revoke(refreshToken: string, clientId: string): Promise<void>;
};

const SECRET_SECONDS = 300;
const SKEW_SECONDS = 60;
/** As long as Apple itself lets a notice live, by its `exp`. */
const NOTICE_SECONDS = 86_400;

/** Sign in with Apple: https://developer.apple.com/documentation/signinwithapplerestapi */
export function createApple({ clientIds, issuerUrl, key }: AppleConfig, clock: Clock): Apple {
  const jwks = createRemoteJWKSet(new URL(`${issuerUrl}/auth/keys`), {
    [customFetch]: async (url, { headers }) => new Response(await fetchApple(url, { headers })),
  });

  async function verify(token: string, options: JWTVerifyOptions = {}) {
    try {
      const { payload } = await jwtVerify(token, jwks, {
        algorithms: ['RS256', 'ES256'],
        issuer: issuerUrl,
        audience: [...clientIds],
        currentDate: clock.now(),
        clockTolerance: SKEW_SECONDS,
        requiredClaims: ['iat'],
        ...options,
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError && !KEYS_FAULTS.has(error.code)) throw unauthenticated();
      // That Apple's keys cannot be fetched is no fault of the token.
      throw Object.assign(unavailable({ retryAfterSeconds: 30 }), { cause: error });
    }
  }

  async function post(path: string, clientId: string, form: Record<string, string>): Promise<string | undefined> {
    if (!key) return undefined;
    const body = new URLSearchParams({ client_id: clientId, client_secret: await signSecret(key, clientId), ...form });
    return fetchApple(`${issuerUrl}${path}`, { method: 'POST', body });
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
      const { events } = await verify(payload, { maxTokenAge: NOTICE_SECONDS });
      const event: unknown = typeof events === 'string' ? JSON.parse(events) : events;
      const { type, sub, event_time: time } = (event ?? {}) as Partial<Record<'type' | 'sub' | 'event_time', unknown>>;
      if (typeof type !== 'string' || typeof sub !== 'string' || typeof time !== 'number') throw unauthenticated();
      return { type, subject: sub, happenedAt: readEventTime(time) };
    },
    async exchange(code, clientId) {
      const text = await post('/auth/token', clientId, { grant_type: 'authorization_code', code });
      const answer = text === undefined ? undefined : (JSON.parse(text) as { refresh_token?: unknown });
      return typeof answer?.refresh_token === 'string' ? answer.refresh_token : undefined;
    },
    async revoke(refreshToken, clientId) {
      await post('/auth/revoke', clientId, { token: refreshToken, token_type_hint: 'refresh_token' });
    },
  };
}

/** Apple sends milliseconds, and shows seconds in its documents. */
const readEventTime = (time: number): Date => new Date(time < 100_000_000_000 ? time * 1_000 : time);

/** Faults of the set of keys; the others are faults of the token. */
const KEYS_FAULTS = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT']);
