import { hkdfSync, type webcrypto } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { ConfigError } from '#platform/config.ts';

export type SigningKey = {
  kid: string;
  privateKey: webcrypto.CryptoKey;
  publicKey: webcrypto.CryptoKey;
  publicJwk: JWK;
};

export type SigningKeys = {
  /** The newest key: it signs. */
  readonly current: SigningKey;
  find(kid: string): SigningKey | undefined;
  /** What `/.well-known/jwks.json` serves. */
  readonly publicJwks: readonly JWK[];
  /** A secret of its own for each purpose, the same on every node that has the same keys. */
  deriveSecret(purpose: string): Uint8Array;
};

/** Takes the keys from the configuration, or makes them once in the data folder, readable by the owner alone. */
export async function loadSigningKeys(configured: string | undefined, dataDir: string): Promise<SigningKeys> {
  return readKeys(configured ?? (await readOrCreateFile(join(dataDir, 'signing-keys.json'))));
}

/** A new private key as a JWK set in JSON. */
export async function generateSigningKeys(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return JSON.stringify({ keys: [await exportJWK(privateKey)] });
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
  const jwks = parseKeySet(text);
  const keys = await Promise.all(jwks.map(importKey));
  const [current] = keys;
  const [newest] = jwks;
  if (!current || !newest?.d) throw new ConfigError('The signing keys hold no key');
  const secret = newest.d;
  const byId = new Map(keys.map((key) => [key.kid, key]));
  return {
    current,
    find: (kid) => byId.get(kid),
    publicJwks: keys.map(({ publicJwk }) => publicJwk),
    deriveSecret: (purpose) => new Uint8Array(hkdfSync('sha256', secret, 'soyamate', purpose, 32)),
  };
}

function parseKeySet(text: string): JWK[] {
  try {
    const { keys } = JSON.parse(text) as { keys?: JWK[] };
    if (
      Array.isArray(keys) &&
      keys.length > 0 &&
      keys.every(({ kty, crv, d }) => kty === 'EC' && crv === 'P-256' && d)
    ) {
      return keys;
    }
  } catch {
    // Said below, without the text: it is a secret.
  }
  throw new ConfigError('The signing keys must be a JWK set of private P-256 keys in JSON');
}

async function importKey(jwk: JWK): Promise<SigningKey> {
  const { kty, crv, x, y } = jwk as Required<Pick<JWK, 'kty' | 'crv' | 'x' | 'y'>>;
  const bare = { kty, crv, x, y };
  const kid = await calculateJwkThumbprint(bare);
  const [privateKey, publicKey] = await Promise.all([importJWK(jwk, 'ES256'), importJWK(bare, 'ES256')]);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array)
    throw new ConfigError('A signing key is symmetric');
  return { kid, privateKey, publicKey, publicJwk: { ...bare, kid, alg: 'ES256', use: 'sig' } };
}
