import { isUtf8 } from 'node:buffer';
import parseJson from 'secure-json-parse';
import { invalidJson } from './errors.ts';
import { inputFault, type Part } from './validation.ts';

const MAX_DEPTH = 32;

/** Reads JSON as it must be: UTF-8, no prototype keys, no text that the database would refuse, not nested without end. */
export function readJson(bytes: Buffer, part: Part): unknown {
  const value = readUntrustedJson(bytes);
  checkTexts(value, `/${part}`, 0);
  return value;
}

/** The same, its texts and depth not checked yet: for who must look inside before `checkTexts` may refuse it. */
export function readUntrustedJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw invalidJson();
  try {
    return parseJson(bytes.toString('utf8'), { protoAction: 'error', constructorAction: 'error' });
  } catch {
    throw invalidJson();
  }
}

/** PostgreSQL refuses NUL in text, and neither NUL nor lone surrogates are characters of any language. */
export function checkTexts(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw invalidJson();
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw inputFault(path, 'text', UNREADABLE);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\0') || !key.isWellFormed()) throw inputFault(path, 'text', UNREADABLE);
    checkTexts(inner, `${path}/${key}`, depth + 1);
  }
}

const UNREADABLE = {
  en: 'holds a character that is not text (NUL or half of a surrogate pair)',
  ru: 'содержит символ, который не является текстом (NUL или половину суррогатной пары)',
};
