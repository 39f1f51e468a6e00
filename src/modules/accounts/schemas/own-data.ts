import { Type } from 'typebox';
import { model, openEnum, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { Reauthentication } from './shapes.ts';

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
