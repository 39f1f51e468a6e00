import { createHmac, timingSafeEqual } from 'node:crypto';

/** Which file of the media: the number of a size of a picture, or what a voice note or a file holds. */
export type MediaPart = number | 'content';

/** Links to files: whoever may see what refers to a file is given one, and it ends. */
export type Links = {
  /** The address of one part, which ends then. */
  sign(mediaId: string, part: MediaPart, endsAt: Date): string;
  /** Whether we signed this and it has not ended. */
  verify(mediaId: string, part: MediaPart, expires: number, signature: string, now: Date): boolean;
};

export function createLinks(secret: Uint8Array): Links {
  const mac = (mediaId: string, part: MediaPart, expires: number) =>
    createHmac('sha256', secret).update(`${mediaId}\0${part}\0${expires}`).digest('base64url').slice(0, 32);
  return {
    sign(mediaId, part, endsAt) {
      const expires = endsAt.getTime() / 1_000;
      return `/v1/media/${mediaId}/${part}?expires=${expires}&signature=${mac(mediaId, part, expires)}`;
    },
    verify(mediaId, part, expires, signature, now) {
      const expected = Buffer.from(mac(mediaId, part, expires));
      const given = Buffer.from(signature);
      return expires * 1_000 > now.getTime() && given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

const DAY_MS = 86_400_000;
const FIVE_MINUTES_MS = 300_000;

/** Of what everybody may see: between one and two days from now, the same within a day, so that clients can keep it. */
export const endOfOpenLinks = (now: Date): Date => roundUp(now, DAY_MS);

/** Of what only some may see: between five and ten minutes from now. */
export const endOfPrivateLinks = (now: Date): Date => roundUp(now, FIVE_MINUTES_MS);

const roundUp = (now: Date, stepMs: number): Date => new Date((Math.floor(now.getTime() / stepMs) + 2) * stepMs);
