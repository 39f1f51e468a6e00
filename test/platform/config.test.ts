import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { loadSigningKeys } from '#modules/accounts/index.ts';
import { ConfigError, ConfigSchema, readConfig } from '#platform/config.ts';

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://play.example.com',
  SIGNING_KEYS: 'are checked elsewhere',
};

test('nothing needs to be set', () => {
  expect(readConfig({})).toMatchObject({
    environment: 'development',
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    areLimitsOn: true,
    demoPlayers: 0,
  });
});

test('texts become what they mean, and an empty one counts as absent', () => {
  const config = readConfig({
    HOST: '::1',
    PORT: ' 8080 ',
    DATABASE_NAMED_STATEMENTS: 'false',
    ALLOWED_ORIGINS: 'https://a.example, https://b.example,',
    PUBLIC_URL: '',
    UNKNOWN: 'ignored',
  });
  expect(config).toMatchObject({
    port: 8080,
    publicUrl: 'http://[::1]:8080',
    database: { namedStatements: false },
    allowedOrigins: ['https://a.example', 'https://b.example'],
  });
});

test('a fault is told so that it can be mended', () => {
  expect(() => readConfig({ LOG_LEVEL: 'loud' })).toThrow(/LOG_LEVEL must .*: trace, debug, info,/);
  for (const TRUSTED_PROXIES of ['nonsense', '10.0.0.0/33', '10.0.0.0/', '::1/129', '10.0.0.1/::1']) {
    expect(() => readConfig({ TRUSTED_PROXIES })).toThrow(/TRUSTED_PROXIES must hold IP addresses or networks/);
  }
  for (const ALLOWED_ORIGINS of ['play.example.com', 'https://play.example.com/', '*']) {
    expect(() => readConfig({ ALLOWED_ORIGINS })).toThrow(/ALLOWED_ORIGINS must hold origins/);
  }
  const TRUSTED_PROXIES = '10.0.0.0/8, ::1, loopback, 192.168.0.0/255.255.0.0';
  expect(readConfig({ TRUSTED_PROXIES }).trustedProxies).toHaveLength(4);
});

test('the address of a media store holds all that it needs', () => {
  const whole = 'https://key:se%2Fcret@s3.example.com:9000/bucket/folder/inside?region=eu-central-1';
  expect(readConfig({ S3_URL: whole }).s3Url).toBe(whole);
  expect(readConfig({ S3_URL: 'http://key:secret@127.0.0.1:9000/bucket' }).s3Url).toBeDefined();
  for (const S3_URL of [
    'https://s3.example.com/bucket',
    'https://key@s3.example.com/bucket',
    'https://key:secret@s3.example.com/',
    's3://key:secret@s3.example.com/bucket',
    'https://key:secret@s3.example.com/bucket?region=a&b=c',
    'https://key:se/cret@s3.example.com/bucket',
  ]) {
    expect(() => readConfig({ S3_URL })).toThrow(/S3_URL must match/);
  }
});

test('the result cannot be changed', () => {
  const config = readConfig({});
  expect(Object.isFrozen(config) && Object.isFrozen(config.database)).toBe(true);
});

test('one message names every fault and no value', () => {
  const message = refuse({
    PORT: 'hunter2',
    DATABASE_URL: 'mysql://root:hunter2@db',
    LOG_LEVEL: 'hunter2',
    PUBLIC_URL: 'https://hunter2/path',
    DATABASE_POOL_SIZE: '1',
    RATE_LIMITS: 'hunter2',
  });
  for (const name of ['PORT', 'DATABASE_URL', 'LOG_LEVEL', 'PUBLIC_URL', 'DATABASE_POOL_SIZE', 'RATE_LIMITS']) {
    expect(message).toContain(`\n  - ${name} `);
  }
  expect(message).not.toContain('hunter2');
});

test('production asks for what must not be left to a default', () => {
  expect(refuse({ NODE_ENV: 'production', RATE_LIMITS: 'off', DEMO_PLAYERS: '5' }).split('\n')).toHaveLength(5);
  expect(readConfig(production).environment).toBe('production');
});

test.each(['hunter2', '{"keys":"hunter2"}', '{"keys":[{"kty":"EC","d":"hunter2"}]}', '{"keys":[]}'])(
  'signing keys that are none are refused without being told: %s',
  async (keys) => {
    const error: unknown = await loadSigningKeys(keys, '/nowhere').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).not.toContain('hunter2');
  },
);

test('every variable has a meaning, and a default or the freedom to be absent', () => {
  const required = new Set<string>(ConfigSchema.required);
  for (const [name, variable] of Object.entries(
    ConfigSchema.properties as Record<string, { description?: string; default?: unknown }>,
  )) {
    expect([name, variable.description?.endsWith('.')]).toEqual([name, true]);
    expect([name, required.has(name) === (variable.default !== undefined)]).toEqual([name, true]);
  }
});

test('the program ends with the message alone', () => {
  const { status, stderr } = spawnSync(process.execPath, ['src/main.ts'], {
    env: { PORT: 'hunter2', DATABASE_URL: 'mysql://hunter2' },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^The configuration is not valid:\n {2}- \w+ .+\n {2}- \w+ .+\n$/);
  expect(stderr).not.toContain('hunter2');
});

function refuse(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was taken');
}
