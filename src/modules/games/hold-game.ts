import type { Tx } from '#platform/database.ts';
import { presentGame } from './present.ts';
import { findSuccessor, holdGame as holdRow } from './queries/catalogue.ts';
import type { Game } from './schemas.ts';

/**
 * The game as it is in the database, kept from being merged or taken out until the transaction ends: what is written of it
 * is there before a merge moves it. After a merge that this node has not heard of it is the game that stays.
 */
export async function holdGame(tx: Tx, gameId: string): Promise<Game | undefined> {
  const row = await holdRow(tx, gameId);
  if (row) return presentGame(row);
  const successorId = await findSuccessor(tx, gameId);
  const successor = successorId === undefined ? undefined : await holdRow(tx, successorId);
  return successor && presentGame(successor);
}
