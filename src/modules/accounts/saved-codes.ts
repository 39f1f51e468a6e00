import { createHash, randomBytes } from 'node:crypto';

const COUNT = 10;
const LETTERS = 24;
/** Without 0, 1, O and I, which people mix up: 32 letters, so each is five bits and a code has 120. */
const IS_SAVED_CODE = /^[A-HJ-NP-Z2-9]{24}$/;
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Codes to write down: `ABCD-EFGH-…`. Shown once. */
export function makeSavedCodes(): { codes: string[]; hashes: Buffer[] } {
  const made = Array.from({ length: COUNT }, makeSavedCode);
  return { codes: made.map(({ code }) => code), hashes: made.map(({ codeHash }) => codeHash) };
}

export function makeSavedCode(): { code: string; codeHash: Buffer } {
  const bare = Array.from(randomBytes(LETTERS), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return { code: bare.replace(/(.{4})(?=.)/g, '$1-'), codeHash: hash(bare) };
}

/** The hash of a saved code as it was typed; nothing for a text that cannot be one. */
export function readSavedCode(text: string): Buffer | undefined {
  const bare = text.replaceAll(/[\s-]/g, '').toUpperCase();
  return IS_SAVED_CODE.test(bare) ? hash(bare) : undefined;
}

/** 120 random bits need no slow hash. */
const hash = (bare: string): Buffer => createHash('sha256').update(bare).digest();
