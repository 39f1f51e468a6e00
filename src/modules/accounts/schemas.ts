import { Type } from 'typebox';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { roles } from './permissions.ts';
import { transports } from './token-transport.ts';

export const ageBands = ['13_15', '16_17', '18_plus'] as const;
export type AgeBand = (typeof ageBands)[number];
const accountStates = ['active', 'suspended', 'banned', 'deleted'] as const;
export const accountLocales = ['en', 'ru'] as const;

const Username = Type.String({
  pattern: '^[A-Za-z0-9](?:[A-Za-z0-9]|[._-](?=[A-Za-z0-9]))*$',
  minLength: 3,
  maxLength: 24,
  description: 'Latin letters, digits and single `.`, `_`, `-` between them. Case is kept but does not count.',
});
const Email = Type.String({ format: 'email', maxLength: 254 });
const DeviceName = Type.String({ maxLength: 100, description: 'How the list of sessions names this device.' });
const Transport = enumOf(transports, {
  description: '`cookie`: the tokens come in HttpOnly cookies instead of the body; for pages of an allowed site only.',
});
const Password = Type.String({ maxLength: 1_024, description: '10 to 1,024 bytes of UTF-8, any characters.' });

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

/** What the command line asks for. */
export const NewAdminInput = strictObject({ username: Username, email: Email, password: Password });

export const FirstAdminBody = model(
  'FirstAdminBody',
  strictObject({
    token: Type.String({ minLength: 1, maxLength: 100, description: 'From the link that the console shows.' }),
    username: Username,
    email: Email,
    password: Password,
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

const Code = Type.String({
  minLength: 8,
  maxLength: 40,
  description: 'The eight digits from the mail; spaces do not count.',
});
const Reauthentication = Type.Optional(
  Type.String({
    maxLength: 1_024,
    description: 'The present password. An account without one must have signed in within the last ten minutes.',
  }),
);

export const RecoveryBody = model(
  'RecoveryBody',
  strictObject({
    identifier: Type.String({ minLength: 1, maxLength: 254, description: 'Username or verified e-mail.' }),
  }),
);

export const ResetPasswordBody = model(
  'ResetPasswordBody',
  strictObject({
    identifier: Type.String({ minLength: 1, maxLength: 254, description: 'Username or verified e-mail.' }),
    code: Type.String({
      minLength: 8,
      maxLength: 60,
      description: 'The eight digits from the mail, or a saved recovery code; spaces and dashes do not count.',
    }),
    newPassword: Password,
  }),
);

export const VerifyEmailBody = model(
  'VerifyEmailBody',
  strictObject({
    code: Type.Optional(Code),
    token: Type.Optional(
      Type.String({ minLength: 20, maxLength: 100, description: 'From the link in the mail, instead of the code.' }),
    ),
  }),
);

export const ChangePasswordBody = model(
  'ChangePasswordBody',
  strictObject({ currentPassword: Reauthentication, newPassword: Password }),
);

export const ChangeEmailBody = model('ChangeEmailBody', strictObject({ email: Email, password: Reauthentication }));

export const ReauthenticationBody = model('ReauthenticationBody', strictObject({ password: Reauthentication }));

export const SavedCodes = model(
  'SavedCodes',
  Type.Object({ codes: Type.Array(Type.String()) }, { description: 'Shown this once: each code works once.' }),
);

export const AssistedRecoveryBody = model(
  'AssistedRecoveryBody',
  strictObject({
    email: Email,
    reason: Type.String({ minLength: 1, maxLength: 1_000, description: 'How the person proved who they are.' }),
  }),
);

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

const RoleRights = model(
  'RoleRights',
  Type.Object({ role: enumOf(roles), permissions: Type.Array(Type.String()) }, { description: 'What a role may do.' }),
);

export const RoleList = model('RoleList', pageOf(ref(RoleRights)));

const StaffRights = model(
  'StaffRights',
  Type.Object({ update: Type.Boolean() }, { description: 'What the caller may do with this account.' }),
);

export const User = model(
  'User',
  Type.Object(
    {
      userId: Uuid,
      username: Type.String(),
      email: Type.Optional(Type.String()),
      isEmailVerified: Type.Boolean(),
      role: enumOf(roles),
      state: enumOf(accountStates),
      ageBand: enumOf(ageBands),
      locale: enumOf(accountLocales),
      createdAt: Timestamp,
      lastActiveAt: Timestamp,
      can: ref(StaffRights),
    },
    { description: 'An account as administrators see it.' },
  ),
);

export const UserPage = model('UserPage', pageOf(ref(User)));

export const UsersQuery = strictObject({
  ...pageQuery,
  text: Type.Optional(
    Type.String({ minLength: 1, maxLength: 254, description: 'The beginning of the username or of the address.' }),
  ),
  role: Type.Optional(enumOf(roles)),
  state: Type.Optional(enumOf(accountStates)),
});

export const CreateUserBody = model(
  'CreateUserBody',
  strictObject({
    username: Username,
    email: Email,
    role: enumOf(['user', 'moderator', 'admin']),
    ageBand: Type.Optional(enumOf(ageBands)),
    locale: Type.Optional(enumOf(accountLocales)),
  }),
);

export const UpdateUserBody = model(
  'UpdateUserBody',
  strictObject({
    role: Type.Optional(enumOf(['user', 'moderator', 'admin'])),
    state: Type.Optional(enumOf(['active', 'suspended', 'banned'])),
    reason: Type.String({ minLength: 1, maxLength: 1_000, description: 'For the audit log.' }),
  }),
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

const TotpCode = Type.String({
  minLength: 6,
  maxLength: 60,
  description: 'The six digits of the authenticator app, or one of the saved codes.',
});

export const TotpCodeBody = model('TotpCodeBody', strictObject({ totp: TotpCode }));

export const RemoveTotpBody = model(
  'RemoveTotpBody',
  strictObject({ password: Reauthentication, totp: Type.Optional(TotpCode) }),
);

export const TotpSetup = model(
  'TotpSetup',
  Type.Object({
    secret: Type.String({ description: 'In base32, to type in by hand.' }),
    uri: Type.String({ description: 'The same as `otpauth://…`, for a QR code.' }),
  }),
);

export const DeletionBody = model(
  'DeletionBody',
  strictObject({
    password: Reauthentication,
    graceDays: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 30, default: 0, description: 'Days in which it can be taken back.' }),
    ),
  }),
);

export const Deletion = model('Deletion', Type.Object({ dueAt: Timestamp }));

export const DataExport = model(
  'DataExport',
  Type.Object(
    {
      state: openEnum(['none', 'preparing', 'ready']),
      requestedAt: Type.Optional(Timestamp),
      sizeBytes: Type.Optional(Type.Integer()),
      expiresAt: Type.Optional(Type.Unsafe<Date>({ ...Timestamp, description: 'The archive is removed then.' })),
      url: Type.Optional(
        Type.String({ description: 'Where to download the archive; needs no token. Take it as it is: it is signed.' }),
      ),
      linkEndsAt: Type.Optional(Type.Unsafe<Date>({ ...Timestamp, description: '`url` ends then; ask again.' })),
    },
    { description: 'The archive of everything held about the caller.' },
  ),
);

export const ExportParams = strictObject({ exportId: Uuid });

export const ExportLink = strictObject({
  expires: Type.Integer({ minimum: 0, maximum: 99_999_999_999 }),
  signature: Type.String({ minLength: 1, maxLength: 100 }),
});

export const AppleBody = model(
  'AppleBody',
  strictObject({
    identityToken: Type.String({ minLength: 1, maxLength: 5_000, description: 'As the app got it from Apple.' }),
    nonce: Type.String({
      minLength: 16,
      maxLength: 200,
      description: 'Random, made by the app, whose SHA-256 in hex it gave to Apple.',
    }),
    authorizationCode: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
    username: Type.Optional(Username),
    ageBand: Type.Optional(enumOf(ageBands)),
    acceptedTerms: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    locale: Type.Optional(enumOf(accountLocales)),
    totp: Type.Optional(TotpCode),
    deviceName: Type.Optional(DeviceName),
    transport: Type.Optional(Transport),
  }),
);

export const LinkAppleBody = model(
  'LinkAppleBody',
  strictObject({
    identityToken: AppleBody.properties.identityToken,
    nonce: AppleBody.properties.nonce,
    authorizationCode: AppleBody.properties.authorizationCode,
    password: Reauthentication,
    totp: Type.Optional(TotpCode),
  }),
);

export const AppleAppealBody = model(
  'AppleAppealBody',
  strictObject({
    identityToken: AppleBody.properties.identityToken,
    nonce: AppleBody.properties.nonce,
    totp: Type.Optional(TotpCode),
    deviceName: Type.Optional(DeviceName),
    transport: Type.Optional(Transport),
  }),
);

export const AppleNotice = model(
  'AppleNotice',
  strictObject({ payload: Type.String({ minLength: 1, maxLength: 20_000 }) }),
);
