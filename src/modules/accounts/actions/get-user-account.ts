import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { notFound } from '#platform/errors.ts';
import { presentUser } from '../present.ts';
import { findAccount } from '../queries/accounts.ts';
import type { User } from '../schemas/staff.ts';
import type { AccountsTools } from '../tools.ts';

export async function getUserAccount(
  { db }: AccountsTools,
  actor: Actor,
  accountId: string,
): Promise<Static<typeof User>> {
  const row = await findAccount(db.read, accountId);
  if (!row) throw notFound();
  return presentUser(row, actor);
}
