import type { Actor } from '#platform/actor.ts';
import { accessParty } from '../access.ts';
import { presentParty } from '../present.ts';
import type { Party } from '../schemas.ts';
import type { PartiesTools } from '../tools.ts';

export async function getParty(tools: PartiesTools, actor: Actor, partyId: string): Promise<Party> {
  const team = await accessParty(tools, tools.db.read, actor, partyId);
  return presentParty(tools, tools.db.read, actor, team);
}
