import type { Tx } from '#platform/database.ts';
import { accountChanged } from './events.ts';
import { updateAccount } from './queries/accounts.ts';
import type { AccountsTools } from './tools.ts';

/** Gives somebody a neutral username instead of the own; returns it. The old one is free again. */
export async function resetUsername({ ids, announce }: AccountsTools, tx: Tx, accountId: string): Promise<string> {
  // The last part of an id is random; twelve hex digits do not meet by chance.
  const username = `player-${ids.next().slice(-12)}`;
  await updateAccount(tx, accountId, { username, username_key: username });
  await announce(tx, accountChanged, { accountId });
  return username;
}
