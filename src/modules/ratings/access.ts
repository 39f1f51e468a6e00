import { userNotFound } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { inputFault } from '#platform/validation.ts';
import type { RatingsTools } from './tools.ts';

/** Throws the same 404 for unknown, deleted and blocked people. */
export async function accessRated(
  { accounts, relationships }: RatingsTools,
  db: Queryable,
  { accountId }: Actor,
  userId: string,
): Promise<void> {
  const [person] = await accounts.findAccounts(db, [userId]);
  const relations = await relationships.findRelations(db, accountId, [userId]);
  if (!person?.isActive || person.role === 'guest' || relations.get(userId) === 'blocked') throw userNotFound();
}

export function checkNotSelf({ accountId }: Actor, userId: string): void {
  if (accountId === userId) throw inputFault('/params/userId', 'format', YOURSELF);
}

/**
 * Whether the two have shown that they played together, within the last month: in one party, or as teammates for at least a
 * day who wrote to each other. `partyId`: the first party that they were in, which counts as one voice whatever else they
 * are to each other.
 */
export async function findPlay(
  tools: RatingsTools,
  db: Queryable,
  raterId: string,
  ratedId: string,
): Promise<{ mayRate: boolean; partyId: string | null }> {
  const shared = await tools.parties.findSharedParty(db, raterId, ratedId);
  const partyId = shared?.partyId ?? null;
  const isRecent = shared !== undefined && tools.clock.now().getTime() - shared.lastAt.getTime() <= 30 * DAY_MS;
  return { partyId, mayRate: isRecent || (await wereTeammates(tools, db, raterId, ratedId)) };
}

async function wereTeammates(
  { relationships, haveTalked, clock }: RatingsTools,
  db: Queryable,
  raterId: string,
  ratedId: string,
): Promise<boolean> {
  const time = await relationships.findTeamTime(db, raterId, ratedId);
  if (!time) return false;
  const now = clock.now().getTime();
  const partedAt = time.partedAt?.getTime() ?? now;
  if (partedAt - time.since.getTime() < DAY_MS || now - partedAt > 30 * DAY_MS) return false;
  return haveTalked(db, raterId, ratedId);
}

const DAY_MS = 86_400_000;

const YOURSELF = { en: 'is yourself', ru: 'это вы сами' };
