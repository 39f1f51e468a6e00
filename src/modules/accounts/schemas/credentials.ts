import { Type } from 'typebox';
import { model, strictObject } from '#platform/schemas.ts';
import { Code, Email, Password, Reauthentication, TotpCode } from './shapes.ts';

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
      description:
        'The eight digits from the mail, a saved recovery code, or the code of a recovery that staff began (24 letters and ' +
        'digits like those); spaces and dashes do not count.',
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
