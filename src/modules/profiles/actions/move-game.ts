import type { Tx } from '#platform/database.ts';
import { gameMovePaused, profileChanged } from '../events.ts';
import { mergePlayedGames } from '../merge-played-games.ts';
import { findPlayersOf, lockPlayedGames, replaceGame, touchProfiles } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

/** Profiles in one transaction: what waits for their rows waits half a second at most. */
const BATCH = 200;

/** Puts a game in the place of one that was merged into it, on the profiles that have it; the search follows each change. */
export async function moveGame(
  { games, clock, announce }: ProfilesTools,
  tx: Tx,
  move: { gameId: string; intoGameId: string },
): Promise<void> {
  // Of the database: this node may not have heard of a new game yet, and the event comes once.
  const game = await games.holdGame(tx, move.intoGameId);
  if (!game) return;
  const accountIds = await findPlayersOf(tx, move.gameId, BATCH);
  if (accountIds.length === 0) return;
  const rows = await lockPlayedGames(tx, accountIds, [move.gameId, game.gameId]);
  const merged = rows
    .filter(({ game_id }) => game_id === move.gameId)
    .map((gone) => {
      const staying = rows.find((row) => row.account_id === gone.account_id && row.game_id === game.gameId);
      return mergePlayedGames(gone, staying, game);
    });
  await replaceGame(tx, move.gameId, merged);
  await touchProfiles(tx, accountIds, clock.now());
  for (const accountId of accountIds) await announce(tx, profileChanged, { accountId });
  if (accountIds.length === BATCH) await announce(tx, gameMovePaused, move);
}
