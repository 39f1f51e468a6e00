import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { once } from '#platform/idempotency.ts';
import { checkHistory, checkRight } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { groupOnly, tooMany } from '../errors.ts';
import { makeInviteCode } from '../invite-codes.ts';
import { presentInvite } from '../present.ts';
import { insertInvite, listInvites } from '../queries/invites.ts';
import type { CreateInviteBody, Invite } from '../schemas/invites.ts';
import type { MessengerTools } from '../tools.ts';

const MAX_INVITES = 50;

export const createInvite = (
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  body: Static<typeof CreateInviteBody>,
  key: string | undefined,
): Promise<Static<typeof Invite>> =>
  changeChat(tools, actor, chatId, async ({ tx, now }, member) => {
    if (member.kind !== 'group') throw groupOnly();
    checkRight(member, 'may_invite');
    const { expiresInSeconds, maxUses, needsApproval, newcomerHistory } = body;
    checkHistory(member, newcomerHistory ?? null);
    return once(tx, { scope: `createInvite:${chatId}:${actor.accountId}`, key, request: body }, async () => {
      if ((await listInvites(tx, chatId)).length >= MAX_INVITES) throw tooMany();
      const invite = await insertInvite(tx, {
        invite_id: tools.ids.next(),
        chat_id: chatId,
        code: makeInviteCode(),
        created_by: actor.accountId,
        needs_approval: needsApproval ?? false,
        newcomer_history: newcomerHistory ?? null,
        max_uses: maxUses ?? null,
        expires_at: expiresInSeconds === undefined ? null : new Date(now.getTime() + expiresInSeconds * 1_000),
        created_at: now,
      });
      return presentInvite(invite);
    });
  });
