import type { Queryable } from '#platform/database.ts';
import { findOpenPeers } from './queries/states.ts';
import type { MessengerTools } from './tools.ts';

/**
 * Which of the people somebody may take into a group without asking them: active ones with no block between, who are
 * teammates or have answered in the direct chat of the two, unless they settled that such people begin nothing with them.
 * To all others one sends an invitation.
 */
export async function findAddable(
  { accounts, relationships }: MessengerTools,
  db: Queryable,
  accountId: string,
  otherIds: readonly string[],
): Promise<string[]> {
  const found = await accounts.findAccounts(db, otherIds);
  const active = new Set(
    found.filter(({ isActive, role }) => isActive && role !== 'guest').map((account) => account.accountId),
  );
  const reachable = otherIds.filter((otherId) => active.has(otherId) && otherId !== accountId);
  if (reachable.length === 0) return [];
  const relations = await relationships.findRelations(db, accountId, reachable);
  const peers = await findOpenPeers(db, accountId, reachable);
  const settings = await relationships.findWhoMayWrite(db, reachable);
  return reachable.filter((id) => {
    const relation = relations.get(id);
    const setting = settings.get(id) ?? 'everyone';
    if (relation === 'teammate') return setting !== 'nobody';
    return relation === 'stranger' && setting === 'everyone' && peers.has(id);
  });
}
