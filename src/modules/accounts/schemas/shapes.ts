import { Type } from 'typebox';
import { enumOf } from '#platform/schemas.ts';
import { transports } from '../token-transport.ts';

export const ageBands = ['13_15', '16_17', '18_plus'] as const;

export type AgeBand = (typeof ageBands)[number];

export const accountStates = ['active', 'suspended', 'banned', 'deleted'] as const;

export const accountLocales = ['en', 'ru'] as const;

export const Username = Type.String({
  pattern: '^[A-Za-z0-9](?:[A-Za-z0-9]|[._-](?=[A-Za-z0-9]))*$',
  minLength: 3,
  maxLength: 24,
  description: 'Latin letters, digits and single `.`, `_`, `-` between them. Case is kept but does not count.',
});

export const Email = Type.String({ format: 'email', maxLength: 254 });

export const DeviceName = Type.String({ maxLength: 100, description: 'How the list of sessions names this device.' });

export const Transport = enumOf(transports, {
  description: '`cookie`: the tokens come in HttpOnly cookies instead of the body; for pages of an allowed site only.',
});

export const Password = Type.String({ maxLength: 1_024, description: '10 to 1,024 bytes of UTF-8, any characters.' });

export const Code = Type.String({
  minLength: 8,
  maxLength: 40,
  description: 'The eight digits from the mail; spaces do not count.',
});

export const Reauthentication = Type.Optional(
  Type.String({
    maxLength: 1_024,
    description: 'The present password. An account without one must have signed in within the last ten minutes.',
  }),
);

export const TotpCode = Type.String({
  minLength: 6,
  maxLength: 60,
  description: 'The six digits of the authenticator app, or one of the saved codes.',
});
