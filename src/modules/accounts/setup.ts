import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The way in for the first administrator: a token that lives in the memory of this process and nowhere else, until it is
 * used, an administrator exists or the process ends.
 */
export type Setup = {
  /** A new token; the one before is void. */
  open(): string;
  isOpen(): boolean;
  isRight(token: string): boolean;
  close(): void;
};

const TOKEN_BYTES = 32;

export function createSetup(): Setup {
  let hash: Buffer | undefined;
  return {
    open() {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      hash = digest(token);
      return token;
    },
    isOpen: () => hash !== undefined,
    isRight: (token) => hash !== undefined && timingSafeEqual(digest(token), hash),
    close() {
      hash = undefined;
    },
  };
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();
