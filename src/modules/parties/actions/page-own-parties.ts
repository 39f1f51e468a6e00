import { Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { presentParties } from '../present.ts';
import { findPartyIdsOf } from '../queries/parties.ts';
import type { Party } from '../schemas.ts';
import { findTeams } from '../teams.ts';
import type { PartiesTools } from '../tools.ts';

export type PartiesPage = { items: Party[]; nextCursor?: string };

/** The parties that the caller is in, over or not, the latest first. */
export async function pageOwnParties(
  tools: PartiesTools,
  actor: Actor,
  limit: number,
  cursor: string | undefined,
): Promise<PartiesPage> {
  const { db, cursors } = tools;
  const purpose = `ownParties:${actor.accountId}`;
  const before = cursor === undefined ? undefined : cursors.open(purpose, Type.String(), cursor);
  const partyIds = await findPartyIdsOf(db.read, actor.accountId, before, limit + 1);
  const page = partyIds.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await presentParties(tools, db.read, actor, await findTeams(db.read, page)),
    ...(last !== undefined && partyIds.length > limit && { nextCursor: cursors.seal(purpose, last) }),
  };
}
