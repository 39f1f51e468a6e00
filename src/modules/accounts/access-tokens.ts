import { createHash } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { validate } from 'uuid';
import type { Clock } from '#platform/clock.ts';
import { unauthenticated } from '#platform/errors.ts';
import type { Ids } from '#platform/ids.ts';
import type { Role } from './permissions.ts';
import type { SigningKeys } from './signing-keys.ts';

export const ACCESS_TOKEN_SECONDS = 600;
const AUDIENCE = 'soyamate';
const TYPE = 'at+jwt';
const MAX_TOKEN_LENGTH = 4_096;

export type AccessClaims = { accountId: string; sessionId: string; endsAt: Date };

export type AccessTokens = {
  sign(subject: { accountId: string; sessionId: string; role: Role }, seconds?: number): Promise<string>;
  /** Throws `unauthenticated` unless we signed this very kind of token and it has not ended. */
  verify(token: string): Promise<AccessClaims>;
};

/** RFC 9068 access tokens: ES256 only, key by `kid` from our own set, type, issuer and audience always checked. */
export function createAccessTokens(keys: SigningKeys, issuer: string, clock: Clock, ids: Ids): AccessTokens {
  // The signature costs 140 µs; a token is seen many times in its ten minutes. The end is checked each time.
  const verified = new LRUCache<string, AccessClaims>({ max: 20_000 });

  async function check(token: string): Promise<AccessClaims> {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = typeof kid === 'string' ? keys.find(kid) : undefined;
        if (!key) throw unauthenticated();
        return key.publicKey;
      },
      {
        algorithms: ['ES256'],
        issuer,
        audience: AUDIENCE,
        typ: TYPE,
        currentDate: clock.now(),
        requiredClaims: ['exp', 'iat', 'sub', 'sid', 'jti'],
      },
    );
    const { sub, sid, exp } = payload;
    if (!isUuid(sub) || !isUuid(sid) || exp === undefined) throw unauthenticated();
    return { accountId: sub, sessionId: sid, endsAt: new Date(exp * 1_000) };
  }

  return {
    async sign({ accountId, sessionId, role }, seconds = ACCESS_TOKEN_SECONDS) {
      const now = Math.floor(clock.now().getTime() / 1_000);
      const key = keys.signing(clock.now());
      return new SignJWT({ sid: sessionId, role })
        .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: TYPE })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(accountId)
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .setJti(ids.next())
        .sign(key.privateKey);
    },
    async verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) throw unauthenticated();
      const digest = createHash('sha256').update(token).digest('base64');
      const known = verified.get(digest);
      if (known) {
        if (known.endsAt <= clock.now()) throw unauthenticated();
        return known;
      }
      try {
        const claims = await check(token);
        verified.set(digest, claims);
        return claims;
      } catch (error) {
        if (error instanceof errors.JOSEError) throw unauthenticated();
        throw error;
      }
    },
  };
}

const isUuid = (claim: unknown): claim is string => typeof claim === 'string' && validate(claim);
