import type { Tx } from '#platform/database.ts';
import { doomAllOf } from '../queries.ts';
import type { MediaTools } from '../tools.ts';
import { deleteDoomedFiles } from './collect-orphans.ts';

/** Takes everything that somebody uploaded from everybody; the files go after the commit, or with the next collection. */
export async function eraseMedia(tools: MediaTools, tx: Tx, ownerId: string): Promise<void> {
  await doomAllOf(tx, ownerId, tools.clock.now());
  tools.db.afterCommit(tx, () => {
    deleteDoomedFiles(tools).catch((error: unknown) =>
      tools.logger.warn({ err: error }, 'files of an erased account wait for the next collection'),
    );
  });
}
