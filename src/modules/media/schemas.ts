import { Type } from 'typebox';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { MAX_DURATION_SECONDS, MAX_NAME_LENGTH, MAX_UPLOAD_BYTES } from './limits.ts';
import { mediaKinds } from './tables.ts';

const PictureLink = model(
  'PictureLink',
  Type.Object({
    width: Type.Integer(),
    height: Type.Integer(),
    url: Type.String({ description: 'Relative to the server; needs no token.' }),
  }),
);

const placeholder = Type.String({
  description: 'A ThumbHash in base64, to show until the picture has come.',
});

export const Picture = model(
  'Picture',
  Type.Object({
    mediaId: Uuid,
    placeholder,
    sizes: Type.Array(ref(PictureLink), { description: 'WebP, the smallest first.' }),
    linksEndAt: Timestamp,
  }),
);

/** What a finished upload is, the same in a message and by itself. */
const description = {
  mediaId: Uuid,
  kind: openEnum(mediaKinds),
  contentType: Type.String({ description: 'What it was found to be, whatever its name says.' }),
  sizeBytes: Type.Integer({ description: 'Of the largest size of a picture; else of the file.' }),
  name: Type.Optional(Type.String({ description: 'Of a file, as its sender calls it.' })),
  width: Type.Optional(Type.Integer({ description: 'Of the largest size of a picture.' })),
  height: Type.Optional(Type.Integer()),
  placeholder: Type.Optional(placeholder),
  durationSeconds: Type.Optional(Type.Number({ description: 'Of a voice note, as its sender says.' })),
};

export const Attachment = model(
  'Attachment',
  Type.Object(description, {
    description: 'Enough to lay it out; the links come from `GET /v1/media`, for they end and a message does not.',
  }),
);

export const MediaFile = model(
  'MediaFile',
  Type.Object({
    ...description,
    sizes: Type.Optional(Type.Array(ref(PictureLink), { description: 'Of a picture: WebP, the smallest first.' })),
    url: Type.Optional(
      Type.String({
        description: 'Of a voice note or a file: relative to the server, needs no token, takes `Range`.',
      }),
    ),
    linksEndAt: Timestamp,
  }),
);
export const MediaList = model('MediaList', Type.Object({ items: Type.Array(ref(MediaFile)) }));

export const StartUploadBody = model(
  'StartUploadBody',
  strictObject({
    kind: enumOf(mediaKinds),
    sizeBytes: Type.Integer({ minimum: 1, maximum: MAX_UPLOAD_BYTES, description: 'Of exactly what will be sent.' }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: MAX_NAME_LENGTH, description: 'Of a file.' })),
    durationSeconds: Type.Optional(
      Type.Number({ minimum: 0.1, maximum: MAX_DURATION_SECONDS, description: 'Of a voice note, which needs it.' }),
    ),
  }),
);

export const UploadTicket = model(
  'UploadTicket',
  Type.Object({
    mediaId: Uuid,
    uploadUrl: Type.String({ description: 'Relative to the server: `PUT` the bytes there, with your token.' }),
    expiresAt: Timestamp,
    maxBytes: Type.Integer(),
  }),
);

export const MAX_LISTED = 50;
export const MediaQuery = strictObject({
  mediaId: Type.Array(Uuid, { minItems: 1, maxItems: MAX_LISTED, uniqueItems: true }),
});
export const MediaParams = strictObject({ mediaId: Uuid });
export const FileParams = strictObject({ mediaId: Uuid, size: Type.Integer({ minimum: 0, maximum: 9 }) });
export const FileQuery = strictObject({
  expires: Type.Integer({ minimum: 0, maximum: 9_999_999_999, description: 'Seconds since 1970.' }),
  signature: Type.String({ minLength: 32, maxLength: 32, description: '32 characters.' }),
});
