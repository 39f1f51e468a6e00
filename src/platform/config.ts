import { existsSync } from 'node:fs';
import { isIP, isIPv4 } from 'node:net';
import { loadEnvFile } from 'node:process';
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { type Static, Type } from 'typebox';
import { enumOf } from './schemas.ts';

/** Every variable that the server reads, with its default and meaning; docs/configuration.md is written from it. */
export const ConfigSchema = Type.Object({
  NODE_ENV: enumOf(['development', 'test', 'production'], {
    default: 'development',
    description: 'In `production` cookies are Secure and missing secrets are refused.',
  }),
  HOST: Type.String({ default: '127.0.0.1', minLength: 1, description: 'The address to listen on.' }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65535, description: 'The port to listen on; 0 picks one.' }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      format: 'uri',
      pattern: '^https?://[^/?#]+$',
      description:
        'Scheme, host and port that clients use: links in mail, allowed origin. Default: `http://HOST:PORT`.',
    }),
  ),
  DATA_DIR: Type.String({
    default: '.data',
    minLength: 1,
    description: 'Where the embedded database, media, mail and generated keys live.',
  }),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description: 'PostgreSQL 14 or newer. Default: an embedded PostgreSQL in `DATA_DIR`.',
    }),
  ),
  DATABASE_POOL_SIZE: Type.Integer({
    default: 16,
    minimum: 2,
    maximum: 200,
    description: 'Connections to PostgreSQL that one process opens at most.',
  }),
  DATABASE_NAMED_STATEMENTS: Type.Boolean({
    default: true,
    description: 'Prepared statements. Switch off behind PgBouncer older than 1.21 in transaction mode.',
  }),
  REDIS_URL: Type.Optional(
    Type.String({
      pattern: '^rediss?://',
      description:
        'Redis or Valkey, 7 or newer: hints, limits and presence between nodes. Default: none, there is one process.',
    }),
  ),
  S3_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#@:]+:[^/?#@:]+@[^/?#@]+/[\\w./-]+([?]region=[\\w-]+)?$',
      description:
        'S3-compatible store of uploaded media: `https://KEY:SECRET@host/bucket/folder?region=eu-central-1`, key and secret percent-encoded; the folder and the region (`us-east-1`) may be left out. Default: `DATA_DIR/media`.',
    }),
  ),
  APPLE_CLIENT_IDS: Type.String({
    default: '',
    description: 'Bundle and services ids, by comma, whose Sign in with Apple is taken. Default: none, it is off.',
  }),
  APPLE_ISSUER_URL: Type.String({
    default: 'https://appleid.apple.com',
    pattern: '^https?://[^/?#]+$',
    description: 'Where Apple is; a test lets another stand in.',
  }),
  APPLE_TEAM_ID: Type.Optional(
    Type.String({ minLength: 1, description: 'With the two below: Apple is told of deletions.' }),
  ),
  APPLE_KEY_ID: Type.Optional(Type.String({ minLength: 1, description: 'Id of the key for Sign in with Apple.' })),
  APPLE_KEY: Type.Optional(Type.String({ minLength: 1, description: 'That key, as PKCS #8 in PEM.' })),
  APPLE_APP_IDS: Type.String({
    default: '',
    pattern: '^[A-Za-z0-9.,\\s-]*$',
    description:
      'Ids of apps (`TEAMID.bundle.id`), by comma, that open links to this server and fill in its passwords. Default: none.',
  }),
  APP_STORE_URL: Type.Optional(
    Type.String({
      pattern: '^https://apps[.]apple[.]com/[\\w/-]*id\\d+$',
      description:
        'Where the app is to be had, such as `https://apps.apple.com/app/id123456`; pages of links lead there.',
    }),
  ),
  CONTACT_EMAIL: Type.Optional(
    Type.String({ format: 'email', description: 'Where people reach those who run the service; apps show it.' }),
  ),
  TERMS_VERSION: Type.String({
    default: '2026-11-01',
    pattern: '^[\\w.-]{1,40}$',
    description:
      'The version of your terms in force. After a change everybody accepts them again before they write to others.',
  }),
  MIN_APP_VERSION: Type.Optional(
    Type.String({
      pattern: '^\\d+(\\.\\d+){0,2}$',
      description: 'The oldest version of the app that still works; older ones ask to be updated.',
    }),
  ),
  APNS_KEY: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Key for pushes, as PKCS #8 in PEM; with the three below. Default: none, push is off.',
    }),
  ),
  APNS_KEY_ID: Type.Optional(Type.String({ minLength: 1, description: 'Id of that key.' })),
  APNS_TEAM_ID: Type.Optional(Type.String({ minLength: 1, description: 'The team that it belongs to.' })),
  APNS_TOPIC: Type.Optional(Type.String({ minLength: 1, description: 'Bundle id of the app that gets pushes.' })),
  APNS_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+$',
      description: 'Where pushes go instead of to Apple: a test lets another stand in (`http` is HTTP/2 without TLS).',
    }),
  ),
  SMTP_URL: Type.Optional(
    Type.String({
      pattern: '^smtps?://',
      description:
        'Where mail goes: `smtps://user:password@host:465`. Default: each letter is a file in `DATA_DIR/mail`.',
    }),
  ),
  MAIL_FROM: Type.String({
    default: 'Soyamate <noreply@localhost>',
    pattern: '^[^\\r\\n]*@[^\\r\\n]+$',
    maxLength: 300,
    description: 'The sender of mail.',
  }),
  SIGNING_KEYS: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Private keys for access tokens as a JWK set in JSON, newest first. Default: made once in `DATA_DIR` (not in production).',
    }),
  ),
  TRUSTED_PROXIES: Type.String({
    default: '',
    description: 'Addresses or networks, by comma, whose `X-Forwarded-For` is believed.',
  }),
  ALLOWED_ORIGINS: Type.String({
    default: '',
    description: 'Origins of browser clients, by comma, besides `PUBLIC_URL`.',
  }),
  LOG_LEVEL: enumOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
    description: 'The least important lines to log.',
  }),
  METRICS_PORT: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 65535, description: 'Prometheus text at `/metrics` on this port of HOST.' }),
  ),
  RATE_LIMITS: enumOf(['on', 'off'], {
    default: 'on',
    description: 'Request limits; `off` is for load tests and refused in production.',
  }),
  DEMO_PLAYERS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 1_000_000,
    description: 'Fill an empty database with that many demo players.',
  }),
});

type Environment = Static<typeof ConfigSchema>;

export type Config = {
  readonly environment: Environment['NODE_ENV'];
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly database: { readonly url?: string; readonly poolSize: number; readonly namedStatements: boolean };
  readonly redisUrl?: string;
  readonly s3Url?: string;
  readonly mail: { readonly smtpUrl?: string; readonly from: string };
  readonly apple?: {
    readonly clientIds: readonly string[];
    readonly issuerUrl: string;
    readonly key?: { readonly teamId: string; readonly keyId: string; readonly pem: string };
  };
  readonly appIds: readonly string[];
  readonly appStoreUrl?: string;
  readonly contactEmail?: string;
  readonly termsVersion: string;
  readonly minAppVersion?: string;
  /** Pushes to iOS; absent: there are none. */
  readonly apns?: {
    readonly key: string;
    readonly keyId: string;
    readonly teamId: string;
    readonly topic: string;
    readonly url?: string;
  };
  readonly signingKeys?: string;
  readonly trustedProxies: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly metricsPort?: number;
  readonly areLimitsOn: boolean;
  readonly demoPlayers: number;
};

export class ConfigError extends Error {}

/** Reads `.env` beside the program into the environment; what is set already wins. */
export function readDotEnv(path = '.env'): void {
  if (existsSync(path)) loadEnvFile(path);
}

/** Checks the environment and groups it. Throws one ConfigError that names every fault, never a value. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const values = pickKnown(environment);
  const ajv = addFormats.default(new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, strict: false }));
  const faults = ajv.validate(ConfigSchema, values)
    ? findContradictions(values as Environment)
    : (ajv.errors ?? []).map(describeFault);
  if (faults.length > 0) {
    throw new ConfigError(`The configuration is not valid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
  return group(values as Environment);
}

function describeFault({ instancePath, keyword, params, message = 'is not valid' }: ErrorObject): string {
  const allowed = keyword === 'enum' ? `: ${(params as { allowedValues: string[] }).allowedValues.join(', ')}` : '';
  return `${instancePath.slice(1)} ${message}${allowed}`;
}

function pickKnown(environment: Record<string, string | undefined>): Record<string, unknown> {
  const names = Object.keys(ConfigSchema.properties);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

function findContradictions(values: Environment): string[] {
  const faults = [
    ...splitList(values.TRUSTED_PROXIES)
      .filter((text) => !isNetwork(text))
      .map(() => 'TRUSTED_PROXIES must hold IP addresses or networks, such as 10.0.0.0/8'),
    ...splitList(values.ALLOWED_ORIGINS)
      .filter((text) => !URL.canParse(text) || new URL(text).origin !== text)
      .map(() => 'ALLOWED_ORIGINS must hold origins, such as https://play.example.com'),
  ];
  const apns = [values.APNS_KEY, values.APNS_KEY_ID, values.APNS_TEAM_ID, values.APNS_TOPIC];
  if (apns.some(Boolean) && !apns.every(Boolean))
    faults.push('APNS_KEY, APNS_KEY_ID, APNS_TEAM_ID and APNS_TOPIC must be set together');
  if (values.NODE_ENV !== 'production') return faults;
  if (!values.PUBLIC_URL) faults.push('PUBLIC_URL must be set in production');
  if (!values.SIGNING_KEYS)
    faults.push('SIGNING_KEYS must be set in production (npx soyamate rotate-keys --new prints them)');
  if (values.RATE_LIMITS === 'off') faults.push('RATE_LIMITS must be on in production');
  if (values.DEMO_PLAYERS > 0) faults.push('DEMO_PLAYERS must be 0 in production');
  return faults;
}

/** As `X-Forwarded-For` is judged by: an address, a network with its length or mask, or a name such as `loopback`. */
function isNetwork(text: string): boolean {
  const [address = '', mask] = text.split('/');
  if (mask === undefined && ['loopback', 'linklocal', 'uniquelocal'].includes(address)) return true;
  if (mask === undefined) return isIP(address) !== 0;
  if (isIPv4(mask)) return isIPv4(address);
  return (
    isIP(address) !== 0 && /^\d{1,3}$/.test(mask) && Number(mask) > 0 && Number(mask) <= (isIPv4(address) ? 32 : 128)
  );
}

function group(values: Environment): Config {
  const host = values.HOST.includes(':') ? `[${values.HOST}]` : values.HOST;
  return Object.freeze({
    environment: values.NODE_ENV,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? `http://${host}:${values.PORT}`,
    dataDir: values.DATA_DIR,
    database: Object.freeze({
      ...(values.DATABASE_URL && { url: values.DATABASE_URL }),
      poolSize: values.DATABASE_POOL_SIZE,
      namedStatements: values.DATABASE_NAMED_STATEMENTS,
    }),
    ...(values.REDIS_URL && { redisUrl: values.REDIS_URL }),
    ...(values.S3_URL && { s3Url: values.S3_URL }),
    mail: Object.freeze({ ...(values.SMTP_URL && { smtpUrl: values.SMTP_URL }), from: values.MAIL_FROM }),
    ...(values.APPLE_CLIENT_IDS && { apple: groupApple(values) }),
    appIds: splitList(values.APPLE_APP_IDS),
    ...(values.APP_STORE_URL && { appStoreUrl: values.APP_STORE_URL }),
    ...(values.CONTACT_EMAIL && { contactEmail: values.CONTACT_EMAIL }),
    termsVersion: values.TERMS_VERSION,
    ...(values.MIN_APP_VERSION && { minAppVersion: values.MIN_APP_VERSION }),
    ...groupApns(values),
    ...(values.SIGNING_KEYS && { signingKeys: values.SIGNING_KEYS }),
    trustedProxies: splitList(values.TRUSTED_PROXIES),
    allowedOrigins: splitList(values.ALLOWED_ORIGINS),
    logLevel: values.LOG_LEVEL,
    ...(values.METRICS_PORT && { metricsPort: values.METRICS_PORT }),
    areLimitsOn: values.RATE_LIMITS === 'on',
    demoPlayers: values.DEMO_PLAYERS,
  });
}

function groupApple(values: Environment): NonNullable<Config['apple']> {
  const { APPLE_TEAM_ID: teamId, APPLE_KEY_ID: keyId, APPLE_KEY: pem } = values;
  return Object.freeze({
    clientIds: splitList(values.APPLE_CLIENT_IDS),
    issuerUrl: values.APPLE_ISSUER_URL,
    ...(teamId && keyId && pem && { key: { teamId, keyId, pem: pem.replaceAll('\\n', '\n') } }),
  });
}

function groupApns(values: Environment): Pick<Config, 'apns'> {
  const { APNS_KEY: key, APNS_KEY_ID: keyId, APNS_TEAM_ID: teamId, APNS_TOPIC: topic, APNS_URL: url } = values;
  if (!key || !keyId || !teamId || !topic) return {};
  return { apns: Object.freeze({ key: key.replaceAll('\\n', '\n'), keyId, teamId, topic, ...(url && { url }) }) };
}

const splitList = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
