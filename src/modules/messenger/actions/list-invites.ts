import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessGroup, checkRight } from '../access.ts';
import { presentInvite } from '../present.ts';
import { listInvites as findInvites } from '../queries/invites.ts';
import type { InviteList } from '../schemas/invites.ts';
import type { MessengerTools } from '../tools.ts';

/** The invitations of a group, spent and expired ones too, for whoever may invite. */
export async function listInvites(
  { db }: MessengerTools,
  actor: Actor,
  chatId: string,
): Promise<Static<typeof InviteList>> {
  checkRight(await accessGroup(db.read, actor, chatId), 'may_invite');
  return { items: (await findInvites(db.read, chatId)).map(presentInvite) };
}
