import type { Queryable } from '#platform/database.ts';
import { findShared } from '../queries/members.ts';
import type { PartiesTools } from '../tools.ts';

const LEAST_SECONDS = 15 * 60;

/**
 * Whether two people have played in one party: `partyId` is the first in which they did, so that those who always come
 * together are always of the same party; `lastAt` is when they were together in one last.
 */
export async function findSharedParty(
  { clock }: Pick<PartiesTools, 'clock'>,
  db: Queryable,
  one: string,
  other: string,
): Promise<{ partyId: string; lastAt: Date } | undefined> {
  const shared = await findShared(db, one, other, LEAST_SECONDS, clock.now());
  const [first] = shared;
  if (!first) return undefined;
  const lastAt = new Date(Math.max(...shared.map(({ together_until }) => together_until.getTime())));
  return { partyId: first.party_id, lastAt };
}
