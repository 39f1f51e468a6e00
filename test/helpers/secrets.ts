import { expect } from 'vitest';

/** Fields whose values nobody but their owner may read. Codes of eight digits are looked for by a test of its own. */
const SECRET_FIELDS = new Set([
  'password',
  'newPassword',
  'currentPassword',
  'accessToken',
  'refreshToken',
  'token',
  'secret',
  'uri',
  'codes',
  'identityToken',
  'nonce',
  'authorizationCode',
]);

/** Shorter ones stand in other words by chance. */
const LEAST_LENGTH = 10;

export type SecretWatch = {
  /** Notes the secrets in a body that was sent or answered. */
  see(body: unknown): void;
  /** Fails when a line that was logged holds one of them. */
  check(logLines: readonly string[]): void;
};

export function createSecretWatch(): SecretWatch {
  const secrets = new Set<string>();
  const note = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= LEAST_LENGTH) secrets.add(value);
    else if (Array.isArray(value)) for (const one of value) note(one);
  };
  const see = (body: unknown): void => {
    if (body === null || typeof body !== 'object') return;
    for (const [name, value] of Object.entries(body)) {
      if (SECRET_FIELDS.has(name)) note(value);
      else see(value);
    }
  };
  return {
    see,
    check(logLines) {
      const log = logLines.join('\n');
      const told = [...secrets].filter((secret) => log.includes(secret));
      expect(told, 'secrets in the log').toEqual([]);
    },
  };
}
