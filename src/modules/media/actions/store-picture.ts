import { makeReady } from '../make-ready.ts';
import type { Sizing } from '../pictures.ts';
import { doomMedia } from '../queries.ts';
import { issueTicket } from '../tickets.ts';
import type { MediaTools } from '../tools.ts';

/** Makes an uploaded picture anew and keeps it; it is collected after a day unless something refers to it by then. */
export async function storePicture(tools: MediaTools, ownerId: string, bytes: Buffer, sizing: Sizing): Promise<string> {
  const { mediaId } = await tools.db.transaction((tx) =>
    issueTicket(tools, tx, { ownerId, kind: 'picture', sizeBytes: bytes.length }),
  );
  try {
    await makeReady(tools, { media_id: mediaId, kind: 'picture', name: null }, bytes, sizing);
  } catch (error) {
    await doomMedia(tools.db.statement, mediaId, tools.clock.now());
    throw error;
  }
  return mediaId;
}
