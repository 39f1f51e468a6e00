import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessGroup, checkRight, isStaff } from '../access.ts';
import { presentInvite } from '../present.ts';
import { listInvites as findInvites } from '../queries/invites.ts';
import type { InviteList } from '../schemas/invites.ts';
import type { MessengerTools } from '../tools.ts';

/** The invitations of a group, spent and expired ones too: all for its staff, their own for whoever else may invite. */
export async function listInvites(
  { db }: MessengerTools,
  actor: Actor,
  chatId: string,
): Promise<Static<typeof InviteList>> {
  const member = await accessGroup(db.read, actor, chatId);
  checkRight(member, 'may_invite');
  const invites = await findInvites(db.read, chatId);
  const shown = isStaff(member) ? invites : invites.filter(({ created_by }) => created_by === actor.accountId);
  return { items: shown.map(presentInvite) };
}
