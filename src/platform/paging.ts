import { createHmac, timingSafeEqual } from 'node:crypto';
import { type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { invalidCursor } from './errors.ts';

export const MAX_LIMIT = 100;
export const DEFAULT_LIMIT = 30;

/** The query of every list. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description: 'From `nextCursor`; opaque.' })),
};

export const pageOf = <T extends TSchema>(items: T) =>
  Type.Object({
    items: Type.Array(items),
    nextCursor: Type.Optional(Type.String({ description: 'Absent at the end of the list.' })),
  });

/** Seals places in a list so that clients can neither read nor forge them. */
export type Cursors = {
  /** `purpose` ties a cursor to one list of one person, such as `listChats:{accountId}`. */
  seal(purpose: string, place: unknown): string;
  /** Throws `invalid_cursor` unless this server sealed the text for the same purpose and shape. */
  open<T extends TSchema>(purpose: string, shape: T, cursor: string): Type.Static<T>;
};

const MAC_BYTES = 16;

export function createCursors(secret: Uint8Array): Cursors {
  const sign = (purpose: string, body: Buffer) =>
    createHmac('sha256', secret).update(purpose).update('\0').update(body).digest().subarray(0, MAC_BYTES);
  return {
    seal(purpose, place) {
      const body = Buffer.from(JSON.stringify(place));
      return Buffer.concat([sign(purpose, body), body]).toString('base64url');
    },
    open(purpose, shape, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      const body = bytes.subarray(MAC_BYTES);
      const mac = bytes.subarray(0, MAC_BYTES);
      if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, sign(purpose, body))) throw invalidCursor();
      const place: unknown = JSON.parse(body.toString());
      // A cursor of an older version of this list may have another shape.
      if (!Value.Check(shape, place)) throw invalidCursor();
      return place;
    },
  };
}
