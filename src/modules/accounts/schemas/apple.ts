import { Type } from 'typebox';
import { enumOf, model, strictObject } from '#platform/schemas.ts';
import { accountLocales, ageBands, DeviceName, Reauthentication, TotpCode, Transport, Username } from './shapes.ts';

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
