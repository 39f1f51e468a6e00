import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { inputFault } from '#platform/validation.ts';

export const MIN_PASSWORD_BYTES = 10;
export const MAX_PASSWORD_BYTES = 1_024;

/** What must remain of a password besides names that an attacker tries first. */
const MIN_REST = 6;
const PRODUCT_WORDS = ['soyamate', 'teammate', 'password', 'пароль', 'qwerty', 'йцукен', 'тиммейт'];

export type PasswordRules = {
  /** Throws unless the password may be taken: long enough, not too long to hash, not common, not made of known names. */
  check(password: string, ownNames: readonly string[], path?: string): void;
};

export function createPasswordRules(): PasswordRules {
  const common = readCommonPasswords();
  return {
    check(password, ownNames, path = '/body/password') {
      checkPasswordLength(password, path);
      const folded = password.normalize('NFKC').toLowerCase();
      if (common.has(password.toLowerCase()) || common.has(folded)) throw inputFault(path, 'common', TOO_COMMON);
      const names = ownNames.flatMap((name) => [name, name.split('@')[0] ?? '']).map((name) => name.toLowerCase());
      if (restWithout(folded, [...names, ...PRODUCT_WORDS]) < MIN_REST) throw inputFault(path, 'common', KNOWN_NAMES);
    },
  };
}

/** For a password that is only compared: refuses before hashing what nobody can have set. */
export function checkPasswordBytes(password: string, path = '/body/password'): void {
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES) throw inputFault(path, 'length', TOO_LONG);
}

function checkPasswordLength(password: string, path: string): void {
  if (Buffer.byteLength(password) < MIN_PASSWORD_BYTES) throw inputFault(path, 'length', TOO_SHORT);
  checkPasswordBytes(password, path);
}

/** How many characters are left when all given words are taken out, the longest first. */
function restWithout(text: string, words: readonly string[]): number {
  const longestFirst = words.filter((word) => word.length >= 3).toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, word) => rest.replaceAll(word, ''), text).length;
}

/** The commonest passwords that are long enough to pass otherwise, in lower case: see data/common-passwords/README.md. */
function readCommonPasswords(): ReadonlySet<string> {
  const file = new URL('../../../data/common-passwords/passwords.txt.gz', import.meta.url);
  return new Set(gunzipSync(readFileSync(file)).toString('utf8').split('\n').filter(Boolean));
}

const TOO_SHORT: Words = { en: 'must have at least 10 characters', ru: 'должен быть не короче 10 символов' };
const TOO_LONG: Words = { en: 'must have at most 1,024 bytes', ru: 'должен быть не длиннее 1024 байт' };
const TOO_COMMON: Words = {
  en: 'is one of the passwords that are tried first; choose a rarer one',
  ru: 'входит в число паролей, которые пробуют первыми; выберите более редкий',
};
const KNOWN_NAMES: Words = {
  en: 'must be more than your own names and the words of this service',
  ru: 'должен состоять не только из ваших имён и слов этого сервиса',
};

type Words = { en: string; ru: string };
