import { type AccountFacts, userNotFound } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Queryable, Tx } from '#platform/database.ts';
import { inputFault } from '#platform/validation.ts';
import { requestNotFound } from './errors.ts';
import { findBlockedEitherWay, findRequest } from './queries.ts';
import type { TeammateRequestRow } from './tables.ts';
import type { RelationshipsTools } from './tools.ts';

/**
 * Somebody whom the caller puts on a list of his. Anybody who ever had an account will do, a person who blocked the caller
 * too: the answer tells nothing.
 */
export async function accessAnybody(
  { accounts }: RelationshipsTools,
  db: Queryable,
  actor: Actor,
  userId: string,
): Promise<AccountFacts> {
  if (userId === actor.accountId) throw inputFault('/params/userId', 'format', YOURSELF);
  const [account] = await accounts.findAccounts(db, [userId]);
  if (!account) throw userNotFound();
  return account;
}

/** Somebody whom the caller can meet: active, and no block between the two. */
export async function accessPerson(
  { accounts }: RelationshipsTools,
  db: Queryable,
  actor: Actor,
  userId: string,
): Promise<{ caller: AccountFacts; person: AccountFacts }> {
  if (userId === actor.accountId) throw inputFault('/body/userId', 'format', YOURSELF);
  const people = await accounts.findAccounts(db, [actor.accountId, userId]);
  const caller = people.find(({ accountId }) => accountId === actor.accountId);
  const person = people.find(({ accountId }) => accountId === userId);
  const isBlocked = (await findBlockedEitherWay(db, actor.accountId, [userId])).length > 0;
  if (!caller || !person?.isActive || person.role === 'guest' || isBlocked) throw userNotFound();
  return { caller, person };
}

/** A request that the caller received, or sent, locked. To everybody else there is none. */
export async function accessRequest(
  tx: Tx,
  actor: Actor,
  side: 'sender' | 'recipient',
  requestId: string,
): Promise<TeammateRequestRow> {
  const request = await findRequest(tx, requestId);
  const ownId = side === 'sender' ? request?.sender_id : request?.recipient_id;
  if (!request || ownId !== actor.accountId) throw requestNotFound();
  return request;
}

const YOURSELF = { en: 'is yourself', ru: 'это вы сами' };
