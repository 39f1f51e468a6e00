import { Type } from 'typebox';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';

export const pushEnvironments = ['production', 'sandbox'] as const;

export const DeviceParams = strictObject({ deviceId: Uuid });

export const DeviceBody = model(
  'DeviceBody',
  strictObject({
    apnsToken: Type.String({
      minLength: 64,
      maxLength: 200,
      pattern: '^([0-9a-fA-F]{2})+$',
      description: 'What iOS gave the app, in hexadecimal.',
    }),
    environment: enumOf(pushEnvironments, { description: '`sandbox` for a build from Xcode.' }),
    locale: enumOf(['en', 'ru'], { description: 'The language of the texts of pushes.' }),
    appVersion: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[\\w.+() -]+$' })),
  }),
);

export const Device = model(
  'Device',
  Type.Object({
    deviceId: Uuid,
    environment: openEnum(pushEnvironments),
    locale: openEnum(['en', 'ru']),
    appVersion: Type.Optional(Type.String()),
    isCurrent: Type.Boolean({ description: 'It belongs to the session that asks.' }),
    registeredAt: Timestamp,
  }),
);
export const DeviceList = model('DeviceList', Type.Object({ items: Type.Array(ref(Device)) }));
