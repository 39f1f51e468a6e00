import { hkdfSync, randomBytes, type webcrypto } from 'node:crypto';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { ConfigError } from '#platform/config.ts';

export type SigningKey = {
  kid: string;
  privateKey: webcrypto.CryptoKey;
  publicKey: webcrypto.CryptoKey;
  publicJwk: JWK;
  signsFrom: Date;
};

export type SigningKeys = {
  /** The key that signs now: the newest whose time has come. */
  signing(now: Date): SigningKey;
  find(kid: string): SigningKey | undefined;
  /** What `/.well-known/jwks.json` serves: also the key to come and the one before. */
  readonly publicJwks: readonly JWK[];
  /** A secret of its own for each purpose, the same on every node and not changed by rotation. */
  deriveSecret(purpose: string): Uint8Array;
};

/** EC keys, newest first, may say from when they sign; the one symmetric key is what other secrets are derived from. */
type StoredKey = JWK & { signsFrom?: string };

/** Takes the keys from the configuration, or makes them once in the data folder, readable by the owner alone. */
export async function loadSigningKeys(configured: string | undefined, dataDir: string): Promise<SigningKeys> {
  return readKeys(configured ?? (await readOrCreateFile(fileIn(dataDir))));
}

/** New private keys as a JWK set in JSON. */
export async function generateSigningKeys(): Promise<string> {
  return JSON.stringify({ keys: [await generateKey(), { kty: 'oct', k: randomBytes(32).toString('base64url') }] });
}

/**
 * Adds a key that will sign from `signsFrom` on, and drops those that had been replaced before. Every node must have the
 * new set by then; tokens of the key before stay valid, so nobody is signed out. Returns the new set.
 */
export async function rotateSigningKeys(text: string, now: Date, signsFrom: Date): Promise<string> {
  const stored = parseKeySet(text);
  const signers = stored.filter(({ kty }) => kty === 'EC');
  const current = signers.findIndex((key) => startOf(key) <= now);
  const kept = signers.slice(0, current < 0 ? signers.length : current + 1);
  const added: StoredKey = { ...(await generateKey()), signsFrom: signsFrom.toISOString() };
  return JSON.stringify({ keys: [added, ...kept, ...stored.filter(({ kty }) => kty === 'oct')] });
}

/** Rotates the keys of the data folder; the file is replaced as a whole. */
export async function rotateSigningKeysIn(dataDir: string, now: Date, signsFrom: Date): Promise<void> {
  const path = fileIn(dataDir);
  const rotated = await rotateSigningKeys(await readOrCreateFile(path), now, signsFrom);
  await writeFile(`${path}.new`, rotated, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

const fileIn = (dataDir: string): string => join(dataDir, 'signing-keys.json');

async function generateKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return exportJWK(privateKey);
}

async function readOrCreateFile(path: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(await generateSigningKeys());
    await file.sync();
    await file.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFile(path, 'utf8');
}

async function readKeys(text: string): Promise<SigningKeys> {
  const stored = parseKeySet(text);
  const secret = stored.find(({ kty }) => kty === 'oct')?.k ?? '';
  const keys = await Promise.all(stored.filter(({ kty }) => kty === 'EC').map(importKey));
  const byId = new Map(keys.map((key) => [key.kid, key]));
  const oldest = keys.at(-1);
  if (!oldest) throw new ConfigError(WRONG_SET);
  return {
    signing: (now) => keys.find(({ signsFrom }) => signsFrom <= now) ?? oldest,
    find: (kid) => byId.get(kid),
    publicJwks: keys.map(({ publicJwk }) => publicJwk),
    deriveSecret: (purpose) => new Uint8Array(hkdfSync('sha256', secret, 'soyamate', purpose, 32)),
  };
}

function parseKeySet(text: string): StoredKey[] {
  try {
    const { keys } = JSON.parse(text) as { keys?: StoredKey[] };
    if (Array.isArray(keys) && keys.every(isUsable) && keys.some(({ kty }) => kty === 'EC')) {
      if (keys.filter(({ kty }) => kty === 'oct').length === 1) return keys;
    }
  } catch {
    // Said below, without the text: it is a secret.
  }
  throw new ConfigError(WRONG_SET);
}

const WRONG_SET =
  'The signing keys must be a JWK set in JSON: private P-256 keys and one symmetric key (npx soyamate rotate-keys makes one)';

const isUsable = ({ kty, crv, d, k, signsFrom }: StoredKey): boolean =>
  (kty === 'EC' && crv === 'P-256' && Boolean(d) && !Number.isNaN(Date.parse(signsFrom ?? '1970-01-01'))) ||
  (kty === 'oct' && typeof k === 'string' && k.length >= 43);

const startOf = ({ signsFrom }: StoredKey): Date => new Date(signsFrom ?? 0);

async function importKey(stored: StoredKey): Promise<SigningKey> {
  const { kty, crv, x, y } = stored as Required<Pick<JWK, 'kty' | 'crv' | 'x' | 'y'>>;
  const bare = { kty, crv, x, y };
  const kid = await calculateJwkThumbprint(bare);
  const { signsFrom: _signsFrom, ...jwk } = stored;
  const [privateKey, publicKey] = await Promise.all([importJWK(jwk, 'ES256'), importJWK(bare, 'ES256')]);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) throw new ConfigError(WRONG_SET);
  return {
    kid,
    privateKey,
    publicKey,
    publicJwk: { ...bare, kid, alg: 'ES256', use: 'sig' },
    signsFrom: startOf(stored),
  };
}
