import type { Selectable, Updateable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = [
  'parties',
  'party_members',
  'party_applications',
] as const satisfies readonly (keyof Tables)[];

/** What a place in the team asks of who takes it. */
export type Slot = { role?: string; minRank?: string; maxRank?: string };

export type PartyRow = Omit<Selectable<Tables['parties']>, 'slots'> & { slots: Slot[] };
export type PartyPatch = Omit<Updateable<Tables['parties']>, 'slots'> & { slots?: Slot[] };
export type MemberRow = Selectable<Tables['party_members']>;
export type ApplicationRow = Selectable<Tables['party_applications']>;

/** A party with those who are in it now, the longest-serving first. */
export type Team = { party: PartyRow; members: MemberRow[] };
