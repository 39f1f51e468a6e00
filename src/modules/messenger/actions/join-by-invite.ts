import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { addServiceNote } from '../add-message.ts';
import { type ChatChange, changeChatInLine } from '../change-chat.ts';
import { chatFull, inviteNotFound } from '../errors.ts';
import { admitMember } from '../membership.ts';
import { findInviteByCode, findJoinRequest, insertJoinRequest, takeInviteUse } from '../queries/invites.ts';
import { findMember } from '../queries/members.ts';
import { type JoinResult } from '../schemas/invites.ts';
import { MAX_MEMBERS } from '../schemas/members.ts';
import type { InviteRow } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';
import { readChat } from './get-chat.ts';

type State = 'joined' | 'requested';

/** Joins by a link, or asks to, where the link says so. Doing it again takes no second use of the link. */
export async function joinByInvite(
  tools: MessengerTools,
  actor: Actor,
  code: string,
): Promise<Static<typeof JoinResult>> {
  const { accountId } = actor;
  const invite = await findInviteByCode(tools.db.read, code, tools.clock.now());
  if (!invite) throw inviteNotFound();
  const chatId = invite.chat_id;
  const state = await changeChatInLine(tools, chatId, async (change): Promise<State> => {
    if (change.chat.member_count === 0) throw inviteNotFound();
    const past = await findMember(change.tx, chatId, accountId);
    if (past?.state === 'active') return 'joined';
    if (past?.state === 'banned' || past?.state === 'removed') throw inviteNotFound();
    return enter(tools, change, invite, accountId);
  });
  if (state === 'requested') return { state };
  return { state, chat: await readChat(tools, tools.db.read, accountId, chatId) };
}

async function enter(tools: MessengerTools, change: ChatChange, found: InviteRow, accountId: string): Promise<State> {
  const { tx, now, chat } = change;
  if (found.needs_approval && (await findJoinRequest(tx, chat.chat_id, accountId))) return 'requested';
  const invite = await takeInviteUse(tx, found.invite_id, now);
  // The code may have been reset while this waited for the chat.
  if (invite?.code !== found.code) throw inviteNotFound();
  if (chat.member_count >= MAX_MEMBERS) throw chatFull();
  if (invite.needs_approval) {
    await insertJoinRequest(tx, {
      chat_id: chat.chat_id,
      account_id: accountId,
      newcomer_history: invite.newcomer_history,
      created_at: now,
    });
    return 'requested';
  }
  await admitMember(change, {
    accountId,
    invitedBy: invite.created_by,
    ...(invite.newcomer_history !== null && { history: invite.newcomer_history }),
  });
  await addServiceNote(tools, change, accountId, { action: 'member_joined' });
  return 'joined';
}
