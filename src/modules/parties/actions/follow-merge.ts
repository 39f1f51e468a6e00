import type { Tx } from '#platform/database.ts';
import { lockPartiesOfGame, updateParty } from '../queries/parties.ts';
import { rankIndex } from '../read-party.ts';
import type { PartiesTools } from '../tools.ts';

/** Parties of a game are of the one that it was merged into; roles and ranks that it does not have are dropped. */
export async function followMerge(
  { games }: Pick<PartiesTools, 'games'>,
  tx: Tx,
  { gameId, intoGameId }: { gameId: string; intoGameId: string },
): Promise<void> {
  const game = await games.holdGame(tx, intoGameId);
  if (!game) return;
  const isRank = (rank: string | undefined) => rank !== undefined && rankIndex(game, rank) !== undefined;
  for (const { party_id, slots } of await lockPartiesOfGame(tx, gameId)) {
    const kept = slots.map(({ role, minRank, maxRank }) => ({
      ...(game.roles.some(({ slug }) => slug === role) && { role }),
      ...(isRank(minRank) && { minRank }),
      ...(isRank(maxRank) && { maxRank }),
    }));
    await updateParty(tx, party_id, { game_id: game.gameId, slots: kept });
  }
}
