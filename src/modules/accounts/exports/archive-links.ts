import { createHmac, timingSafeEqual } from 'node:crypto';

/** A link lives just long enough to begin the download. */
const LINK_MS = 600_000;

/** The address of an archive and when it ends. Whoever holds it may fetch: it is given to the owner alone. */
export function signArchiveLink(secret: Uint8Array, exportId: string, now: Date): { url: string; linkEndsAt: Date } {
  const linkEndsAt = new Date(now.getTime() + LINK_MS);
  const expires = Math.floor(linkEndsAt.getTime() / 1_000);
  const query = new URLSearchParams({ expires: String(expires), signature: mac(secret, exportId, expires) });
  return { url: `/v1/exports/${exportId}?${query.toString()}`, linkEndsAt };
}

/** Whether we signed this and it has not ended. */
export function isArchiveLink(
  secret: Uint8Array,
  exportId: string,
  { expires, signature }: { expires: number; signature: string },
  now: Date,
): boolean {
  const expected = Buffer.from(mac(secret, exportId, expires));
  const given = Buffer.from(signature);
  return expires * 1_000 > now.getTime() && given.length === expected.length && timingSafeEqual(given, expected);
}

const mac = (secret: Uint8Array, exportId: string, expires: number): string =>
  createHmac('sha256', secret).update(`export\0${exportId}\0${expires}`).digest('base64url');
