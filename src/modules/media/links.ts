import { createHmac, timingSafeEqual } from 'node:crypto';

/** Links to files: whoever may see what refers to a file is given one, and it ends. */
export type Links = {
  /** The address of one size. The same within a day, so that clients can keep what they fetched. */
  sign(mediaId: string, size: number, now: Date): { url: string; endsAt: Date };
  /** Whether we signed this and it has not ended. */
  verify(mediaId: string, size: number, expires: number, signature: string, now: Date): boolean;
};

const DAY_MS = 86_400_000;

export function createLinks(secret: Uint8Array): Links {
  const mac = (mediaId: string, size: number, expires: number) =>
    createHmac('sha256', secret).update(`${mediaId}\0${size}\0${expires}`).digest('base64url').slice(0, 32);
  return {
    sign(mediaId, size, now) {
      // Between one and two days from now.
      const endsAt = new Date((Math.floor(now.getTime() / DAY_MS) + 2) * DAY_MS);
      const expires = endsAt.getTime() / 1_000;
      return {
        url: `/v1/media/${mediaId}/${size}?expires=${expires}&signature=${mac(mediaId, size, expires)}`,
        endsAt,
      };
    },
    verify(mediaId, size, expires, signature, now) {
      const expected = Buffer.from(mac(mediaId, size, expires));
      const given = Buffer.from(signature);
      return expires * 1_000 > now.getTime() && given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
