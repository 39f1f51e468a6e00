import { idsOf } from './stages.ts';
import type { Slot, Team } from './tables.ts';

/** A party as those who rank it see it. */
export type PartyFacts = {
  partyId: string;
  gameId: string;
  hostId: string;
  /** The host among them. */
  memberIds: string[];
  freeSlots: (Slot & { index: number })[];
  languages: readonly string[];
  platform?: string;
  region?: string;
  voice?: 'yes' | 'no' | 'sometimes';
  startsAt?: Date;
};

export function factsOf({ party, members }: Team): PartyFacts {
  const taken = new Set(members.map(({ slot }) => slot));
  return {
    partyId: party.party_id,
    gameId: party.game_id,
    hostId: party.host_id,
    memberIds: idsOf(members),
    freeSlots: party.slots.map((slot, index) => ({ ...slot, index })).filter(({ index }) => !taken.has(index)),
    languages: party.languages,
    ...(party.platform !== null && { platform: party.platform }),
    ...(party.region !== null && { region: party.region }),
    ...(party.voice !== null && { voice: party.voice }),
    ...(party.starts_at && { startsAt: party.starts_at }),
  };
}
