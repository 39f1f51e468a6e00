import type { Attachment, Forward } from './tables.ts';

type Carrier = { attachments?: Attachment[] | null | undefined; forwards?: Forward[] | null | undefined };

/** Every file that a message carries, once: its own and those of what it forwards. */
export function mediaOf({ attachments, forwards }: Carrier): Attachment[] {
  const all = [...(attachments ?? []), ...(forwards ?? []).flatMap((forward) => forward.attachments ?? [])];
  return [...new Map(all.map((one) => [one.mediaId, one])).values()];
}

export const mediaIdsOf = (carrier: Carrier): string[] => mediaOf(carrier).map(({ mediaId }) => mediaId);
