import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';
import { seal, unseal } from './secret-box.ts';

/** A spent token may be shown again for so long by a client that lost the answer. */
export const GRACE_SECONDS = 10;

export type RefreshTokens = {
  make(sessionId: string): string;
  /** The session that a token of ours belongs to, spent or not; nothing for a text that we did not make. */
  readSessionId(token: string): string | undefined;
};

const ID_BYTES = 16;
const SECRET_BYTES = 32;
const MAC_BYTES = 16;

/**
 * Opaque tokens: the session's id, 256 random bits, and a tag by which we know our own. The tag lets a token that was
 * spent long ago end its session without a list of spent tokens, and keeps strangers from ending sessions by guessing.
 */
export function createRefreshTokens(secret: Uint8Array): RefreshTokens {
  const sign = (body: Buffer) => createHmac('sha256', secret).update(body).digest().subarray(0, MAC_BYTES);
  return {
    make(sessionId) {
      const body = Buffer.concat([parse(sessionId), randomBytes(SECRET_BYTES)]);
      return Buffer.concat([body, sign(body)]).toString('base64url');
    },
    readSessionId(token) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length !== ID_BYTES + SECRET_BYTES + MAC_BYTES) return undefined;
      const body = bytes.subarray(0, -MAC_BYTES);
      if (!timingSafeEqual(bytes.subarray(-MAC_BYTES), sign(body))) return undefined;
      return stringify(body, 0);
    },
  };
}

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Encrypts the successor so that only who holds the spent token can read it: a copy of the database cannot. */
export const sealSuccessor = (successor: string, spent: string): Buffer => seal(keyOf(spent), 'successor', successor);

export const openSuccessor = (sealed: Buffer, spent: string): string => unseal(keyOf(spent), 'successor', sealed);

const keyOf = (spent: string): Uint8Array => new Uint8Array(hkdfSync('sha256', spent, 'soyamate', 'successor', 32));
