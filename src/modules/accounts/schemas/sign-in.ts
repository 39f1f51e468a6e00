import { Type } from 'typebox';
import { pageOf } from '#platform/paging.ts';
import { enumOf, model, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { roles } from '../permissions.ts';
import { accountLocales, ageBands, DeviceName, Email, Password, Transport, Username } from './shapes.ts';

export const Account = model(
  'Account',
  Type.Object(
    {
      userId: Uuid,
      username: Type.String(),
      email: Type.Optional(Type.String()),
      isEmailVerified: Type.Boolean(),
      pendingEmail: Type.Optional(Type.String({ description: 'A new address whose code has not been confirmed yet.' })),
      deletionAt: Type.Optional(
        Type.Unsafe<Date>({ ...Timestamp, description: 'The account will be erased then, unless this is cancelled.' }),
      ),
      assistedRecoveryAt: Type.Optional(
        Type.Unsafe<Date>({
          ...Timestamp,
          description: 'Staff will give the account to a new address then, unless the owner objects.',
        }),
      ),
      role: enumOf(roles),
      ageBand: enumOf(ageBands),
      locale: enumOf(accountLocales),
      acceptedTerms: Type.Optional(Type.String({ description: 'The version accepted last; absent: none.' })),
      hasAcceptedTerms: Type.Boolean({
        description:
          'Whether these are the terms in force, `termsVersion` of `GET /v1/meta`. Until `updateMe` accepts them, whatever ' +
          'writes to others answers `terms_not_accepted`; guests accept them by registration.',
      }),
      createdAt: Timestamp,
    },
    { description: 'An account as its owner sees it.' },
  ),
);

export const Tokens = model(
  'Tokens',
  Type.Object({
    accessToken: Type.String({ description: 'A JWT: send it as `Authorization: Bearer …`.' }),
    expiresInSeconds: Type.Integer(),
    refreshToken: Type.String({ description: 'Opaque and single-use; keep it in the keychain.' }),
    sessionId: Uuid,
  }),
);

export const RegisterBody = model(
  'RegisterBody',
  strictObject({
    username: Username,
    email: Email,
    password: Password,
    locale: Type.Optional(enumOf(accountLocales, { description: 'Of mail and push. Default: as `Accept-Language`.' })),
    ageBand: enumOf(ageBands),
    acceptedTerms: Type.String({
      minLength: 1,
      maxLength: 40,
      description: 'The version of the terms that the person accepted, from `GET /v1/meta`.',
    }),
    deviceName: Type.Optional(DeviceName),
    transport: Type.Optional(Transport),
  }),
);

export const LoginBody = model(
  'LoginBody',
  strictObject({
    login: Type.String({ minLength: 1, maxLength: 254, description: 'Username or e-mail.' }),
    password: Password,
    deviceName: Type.Optional(DeviceName),
    totp: Type.Optional(
      Type.String({
        minLength: 6,
        maxLength: 60,
        description: 'For accounts with two-step sign-in, after `totp_required`.',
      }),
    ),
    transport: Type.Optional(Transport),
  }),
);

export const RefreshBody = model(
  'RefreshBody',
  strictObject({
    refreshToken: Type.Optional(Type.String({ maxLength: 200, description: 'Absent: the cookie is taken.' })),
  }),
);

export const SignedIn = model(
  'SignedIn',
  Type.Object({ user: ref(Account), tokens: Type.Optional(ref(Tokens)) }, { description: 'Tokens unless by cookie.' }),
);

export const Session = model(
  'Session',
  Type.Object({
    sessionId: Uuid,
    deviceName: Type.Optional(Type.String()),
    isCurrent: Type.Boolean({ description: 'The session that asks.' }),
    createdAt: Timestamp,
    lastUsedAt: Timestamp,
    expiresAt: Timestamp,
  }),
);

export const SessionList = model('SessionList', pageOf(ref(Session)));

const Jwk = model(
  'Jwk',
  Type.Object({
    kty: Type.String(),
    crv: Type.String(),
    x: Type.String(),
    y: Type.String(),
    kid: Type.String(),
    alg: Type.String(),
    use: Type.String(),
  }),
);

export const Jwks = model('Jwks', Type.Object({ keys: Type.Array(ref(Jwk)) }));

export const UsernameCheck = model(
  'UsernameCheck',
  Type.Object({ username: Type.String(), isAvailable: Type.Boolean() }),
);

export const UsernameQuery = strictObject({ username: Username });

export const UpdateMeBody = model(
  'UpdateMeBody',
  strictObject(
    {
      locale: Type.Optional(enumOf(accountLocales)),
      acceptedTerms: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    },
    { minProperties: 1 },
  ),
);

export const GuestBody = model(
  'GuestBody',
  strictObject({
    locale: Type.Optional(enumOf(accountLocales)),
    ageBand: Type.Optional(enumOf(ageBands, { description: 'Default: the youngest.' })),
    deviceName: Type.Optional(DeviceName),
    transport: Type.Optional(Transport),
  }),
);
