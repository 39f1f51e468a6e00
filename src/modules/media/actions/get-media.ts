import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { mediaNotFound } from '../errors.ts';
import type { MediaFile } from '../schemas.ts';
import type { MediaTools } from '../tools.ts';
import { listMedia } from './list-media.ts';

/** One file with its links. Throws `media_not_found` for whatever the caller may not see. */
export async function getMedia(tools: MediaTools, actor: Actor, mediaId: string): Promise<Static<typeof MediaFile>> {
  const [media] = (await listMedia(tools, actor, [mediaId])).items;
  if (!media) throw mediaNotFound();
  return media;
}
