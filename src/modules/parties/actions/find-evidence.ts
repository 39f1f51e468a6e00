import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { findTeams } from '../teams.ts';
import type { PartiesTools } from '../tools.ts';
import { filterVisible } from '../visibility.ts';

export type PartyEvidence = {
  partyId: string;
  /** Who answers for it. */
  hostId: string;
  gameId: string;
  title: string;
  note?: string;
  mode?: string;
  state: string;
  memberIds: string[];
  createdAt: Date;
};

/** A party as it is, for a report by somebody who may see it. Undefined when they may not. */
export async function findEvidence(
  tools: PartiesTools,
  db: Queryable,
  actor: Actor,
  partyId: string,
): Promise<PartyEvidence | undefined> {
  const [team] = await filterVisible(tools, db, actor, await findTeams(db, [partyId]));
  if (!team) return undefined;
  const { party, members } = team;
  return {
    partyId,
    hostId: party.host_id,
    gameId: party.game_id,
    title: party.title,
    ...(party.note !== null && { note: party.note }),
    ...(party.mode !== null && { mode: party.mode }),
    state: party.state,
    memberIds: members.map(({ account_id }) => account_id),
    createdAt: party.created_at,
  };
}
