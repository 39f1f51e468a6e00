import type { Actor } from '#platform/actor.ts';
import { aboveYourRole } from './errors.ts';
import { isRole, roles } from './permissions.ts';
import type { AccountRow } from './tables.ts';

/** Staff act on accounts below their own role; administrators also on each other. */
export function checkMayActOn(actor: Actor, account: Pick<AccountRow, 'role'>): void {
  const own = rankOf(actor.role);
  const other = rankOf(account.role);
  if (other > own || (other === own && actor.role !== 'admin')) throw aboveYourRole();
}

export const rankOf = (role: string): number => (isRole(role) ? roles.indexOf(role) : -1);
