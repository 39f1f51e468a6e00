import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { notFound } from '#platform/errors.ts';
import { changeRole } from '../account-role.ts';
import { changeState } from '../account-state.ts';
import { presentUser } from '../present.ts';
import { lockAccount } from '../queries/accounts.ts';
import type { UpdateUserBody, User } from '../schemas/staff.ts';
import { checkMayActOn } from '../staff-access.ts';
import type { AccountsTools } from '../tools.ts';

/** Changes the role or state of an account; both act at once, on open sockets too. */
export async function updateUser(
  tools: AccountsTools,
  actor: Actor,
  accountId: string,
  { role, state, reason }: Static<typeof UpdateUserBody>,
): Promise<Static<typeof User>> {
  return tools.db.transaction(async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (!account || account.state === 'deleted') throw notFound();
    checkMayActOn(actor, account);
    if (role && role !== account.role) await changeRole(tools, tx, actor, account, role, reason);
    if (state) await changeState(tools, tx, actor, account, state, reason);
    const changed = await lockAccount(tx, accountId);
    return presentUser(changed ?? account, actor);
  });
}
