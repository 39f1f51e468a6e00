import type { Readable } from 'node:stream';
import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { ProblemError, payloadTooLarge } from '#platform/errors.ts';
import { mediaNotFound, uploadEnded, uploadSizeDiffers, uploadTaken } from '../errors.ts';
import type { Arrived } from '../inbox.ts';
import { makeReady } from '../make-ready.ts';
import { presentMedia } from '../present.ts';
import { claimContent, disclaimContent, findMedia } from '../queries.ts';
import type { MediaFile } from '../schemas.ts';
import type { MediaRow } from '../tables.ts';
import type { MediaTools } from '../tools.ts';

/** Takes the bytes that a ticket announced. The same bytes again get the same answer, and other bytes are refused. */
export async function putContent(
  tools: MediaTools,
  actor: Actor,
  { mediaId, content, announcedBytes }: { mediaId: string; content: Readable; announcedBytes: number | undefined },
): Promise<Static<typeof MediaFile>> {
  const ticket = await accessTicket(tools, actor, mediaId);
  const { size_bytes: sizeBytes } = ticket;
  if (announcedBytes !== undefined && announcedBytes > sizeBytes) throw payloadTooLarge(HANG_UP);
  if (announcedBytes !== undefined && announcedBytes < sizeBytes) throw uploadSizeDiffers(HANG_UP);
  const arrived = await tools.inbox.receive(content, { senderId: actor.accountId, maxBytes: sizeBytes });
  try {
    if (arrived.sizeBytes !== sizeBytes) throw uploadSizeDiffers();
    return presentMedia(await takeContent(tools, ticket, arrived), tools.links, tools.clock.now());
  } finally {
    await arrived.remove();
  }
}

async function accessTicket({ db, clock }: MediaTools, actor: Actor, mediaId: string): Promise<MediaRow> {
  const [ticket] = await findMedia(db.read, [mediaId]);
  if (ticket?.owner_id !== actor.accountId) throw mediaNotFound();
  const isOpen = ticket.ready_at !== null || (ticket.expires_at !== null && ticket.expires_at > clock.now());
  if (!isOpen) throw uploadEnded(HANG_UP);
  return ticket;
}

/** What still comes is not read. */
const HANG_UP = { headers: { connection: 'close' } };

async function takeContent(
  tools: MediaTools,
  { media_id: mediaId }: MediaRow,
  { hash, read }: Arrived,
): Promise<MediaRow> {
  const { db, making } = tools;
  const claimed = await claimContent(db.statement, mediaId, hash);
  if (!claimed) throw uploadTaken();
  if (claimed.ready_at) return claimed;
  try {
    return await making(async () => makeReady(tools, claimed, await read()));
  } catch (error) {
    // What is no picture now will be none at the next try: the ticket is free for something better.
    if (error instanceof ProblemError && error.definition.status < 500)
      await disclaimContent(db.statement, mediaId, hash);
    throw error;
  }
}
