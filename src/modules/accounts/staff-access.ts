import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { aboveYourRole, lastAdmin } from './errors.ts';
import { isRole, type Role, roles } from './permissions.ts';
import { lockActiveAdmins } from './queries/staff.ts';
import type { AccountRow } from './tables.ts';

/** Staff act on accounts below their own role; administrators also on each other. */
export function checkMayActOn(actor: Actor, account: { role: Role }): void {
  if (!mayActOn(actor, account.role)) throw aboveYourRole();
}

/** Nobody grants a role above their own. */
export function checkMayGrant(actor: Actor, role: Role): void {
  if (rankOf(role) > rankOf(actor.role)) throw aboveYourRole();
}

export const mayActOn = (actor: Actor, role: Role): boolean =>
  rankOf(role) < rankOf(actor.role) || (actor.role === 'admin' && role === 'admin');

/** Throws when no administrator would be left without this account. Call before its role or state changes. */
export async function checkAdminRemains(tx: Tx, account: Pick<AccountRow, 'account_id' | 'role'>): Promise<void> {
  if (account.role !== 'admin') return;
  const admins = await lockActiveAdmins(tx);
  if (admins.every((accountId) => accountId === account.account_id)) throw lastAdmin();
}

const rankOf = (role: string): number => (isRole(role) ? roles.indexOf(role) : -1);
