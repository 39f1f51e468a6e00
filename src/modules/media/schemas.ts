import { Type } from 'typebox';
import { model, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';

const PictureLink = model(
  'PictureLink',
  Type.Object({
    width: Type.Integer(),
    height: Type.Integer(),
    url: Type.String({ description: 'Relative to the server; needs no token.' }),
  }),
);

export const Picture = model(
  'Picture',
  Type.Object({
    mediaId: Uuid,
    placeholder: Type.String({ description: 'A ThumbHash in base64, to show until the picture has come.' }),
    sizes: Type.Array(ref(PictureLink), { description: 'WebP, the smallest first.' }),
    linksEndAt: Timestamp,
  }),
);

export const FileParams = strictObject({ mediaId: Uuid, size: Type.Integer({ minimum: 0, maximum: 9 }) });
export const FileQuery = strictObject({
  expires: Type.Integer({ minimum: 0, maximum: 9_999_999_999, description: 'Seconds since 1970.' }),
  signature: Type.String({ minLength: 32, maxLength: 32, description: '32 characters.' }),
});
