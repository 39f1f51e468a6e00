import { inputFault } from '#platform/validation.ts';

const MIN_BYTES = 10;
const MAX_BYTES = 1_024;

/** Throws unless the password may be taken: long enough, short enough to hash, and not the person's own name. */
export function checkNewPassword(password: string, ownNames: readonly string[]): void {
  const bytes = Buffer.byteLength(password);
  if (bytes < MIN_BYTES) throw inputFault('/body/password', 'length', TOO_SHORT);
  if (bytes > MAX_BYTES) throw inputFault('/body/password', 'length', TOO_LONG);
  const folded = password.toLowerCase();
  const isOwnName = ownNames.some((name) => {
    const [local = ''] = name.toLowerCase().split('@');
    return folded === name.toLowerCase() || folded === local;
  });
  if (isOwnName) throw inputFault('/body/password', 'format', OWN_NAME);
}

const TOO_SHORT = { en: 'must have at least 10 characters', ru: 'должен быть не короче 10 символов' };
const TOO_LONG = { en: 'must have at most 1,024 bytes', ru: 'должен быть не длиннее 1024 байт' };
const OWN_NAME = { en: 'must not be your own name', ru: 'не должен совпадать с вашим именем' };
