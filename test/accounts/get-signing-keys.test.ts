import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, url } = await startApp();

test('another service can check our tokens with the public keys', async () => {
  const alice = await signUp('alice');
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', url));
  const { payload } = await jwtVerify(alice.token, keys, { typ: 'at+jwt', algorithms: ['ES256'] });
  expect(payload.sub).toBe(alice.userId);
});

test('the keys are public halves alone', async () => {
  const { body } = await nobody.call('getSigningKeys');
  expect(JSON.stringify(body)).not.toContain('"d":');
  expect(body.keys?.[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
});
